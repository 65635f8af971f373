/** @module Users in PostgreSQL, by pg. Needs the packages `kysely` and `pg`. */

export type { PostgresTransaction } from './host-transaction.js'
export type { PostgresDatabase, PostgresStorageOptions } from './options.js'
export type { PostgresClient, PostgresPool } from './pool.js'
export { type PostgresStorage, postgresStorage } from './postgres-storage.js'
