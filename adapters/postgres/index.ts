/** @module Users in PostgreSQL, by pg. Needs the packages `kysely` and `pg`. */

export type { PostgresTransaction } from './connection/host-transaction.js'
export type { PostgresClient, PostgresPool } from './connection/pool.js'
export type { PostgresDatabase, PostgresStorageOptions } from './options.js'
export { type PostgresStorage, postgresStorage } from './postgres-storage.js'
