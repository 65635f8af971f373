/** @module Users in an SQLite file, by better-sqlite3. Needs the packages `kysely` and `better-sqlite3`. */

export type { SqliteHandle } from './handle.js'
export { type SqliteStorage, type SqliteStorageOptions, sqliteStorage } from './sqlite-storage.js'
