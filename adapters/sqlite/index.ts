/** @module Users in an SQLite file, by better-sqlite3 or `node:sqlite`; needs the package kysely. */

export type { NodeSqliteHandle, SqliteHandle } from './driver/handle.js'
export type { SqliteStorageOptions } from './options.js'
export { type SqliteStorage, sqliteStorage } from './sqlite-storage.js'
