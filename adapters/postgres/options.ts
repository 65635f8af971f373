import { InvalidOptionsError } from '../../src/errors/index.js'
import type { PostgresPool } from './connection/pool.js'

/** Where the users are. */
export type PostgresDatabase =
  /** A pool of `pg`, which stays the host's. */
  | { readonly pool: PostgresPool }
  /**
   * The storage connects, migrates and closes. Of several hosts, as in
   * `postgres://user:password@db1:5432,db2:5432/app`, the first that takes writes is used.
   */
  | {
      readonly connectionString: string
      /** The most connections at the same time: 10 when absent. */
      readonly max?: number | undefined
      /**
       * How many milliseconds to wait for the result of a statement: 30,000 when absent. After that nothing was done,
       * unless the statement was a commit: `CommitOutcomeUnknownError` says that it may have succeeded. A step of a sweep
       * and the deletion of a user may take ten times as long, and a migration has no limit.
       */
      readonly queryTimeoutMs?: number | undefined
    }

/** Where the tables are, and how they are named. */
export interface PostgresStorageOptions {
  /** The PostgreSQL schema of our tables: when absent, the first one of the connection's search path. */
  readonly schema?: string | undefined
  /** What the names of our tables begin with: `rollbook_` when absent. */
  readonly prefix?: string | undefined
  /**
   * Whether statements are prepared under names, which saves the server some work. Default: true. Use `false` behind
   * PgBouncer and other poolers in transaction mode; otherwise the first name that is lost there switches it off.
   */
  readonly prepare?: boolean | undefined
}

/** The longest time that a timer of the platform can wait. */
export const longestTimeoutMs = 2_147_483_647

export type PoolSource =
  | { readonly kind: 'pool'; readonly pool: PostgresPool }
  | {
      readonly kind: 'connection'
      readonly connectionString: string
      readonly max: number
      readonly queryTimeoutMs: number
    }
type Source = PoolSource | { readonly kind: 'transaction'; readonly transaction: unknown }

// Far more than any server accepts.
const mostConnections = 10_000

/** @throws {InvalidOptionsError} */
export function checkedPostgresOptions(
  database: unknown,
  options: PostgresStorageOptions,
): {
  readonly source: Source
  readonly schema: string | undefined
  readonly prefix: string
  readonly prepare: boolean
} {
  const { schema, prefix = 'rollbook_', prepare = true, ...unknown } = options ?? {}
  refuseUnknown(unknown, 'schema, prefix and prepare are')
  if (typeof prepare !== 'boolean') throw refusal('prepare must be true or false')
  if (schema !== undefined && !isName(schema, /^(?!pg_)[a-z_][a-z0-9_]{0,62}$/)) {
    throw refusal('schema must be at most 63 of a-z 0-9 _, with no digit first, and not begin with pg_')
  }
  if (!isName(prefix, /^(?!pg_)[a-z_][a-z0-9_]{0,30}$/)) {
    throw refusal('prefix must be at most 31 of a-z 0-9 _, with no digit first, and not begin with pg_')
  }
  return { source: checkedSource(database), schema, prefix, prepare }
}

function checkedSource(database: unknown): Source {
  if (typeof database !== 'object' || database === null) {
    throw refusal('give { pool } or { connectionString }, or a transaction')
  }
  if ('pool' in database) {
    const { pool, ...unknown } = database
    refuseUnknown(unknown, 'pool takes no other options')
    if (!isPool(pool)) throw refusal('pool must be a pool of pg: new Pool(...)')
    return { kind: 'pool', pool }
  }
  if ('connectionString' in database) {
    const given = database as { connectionString: unknown; max?: unknown; queryTimeoutMs?: unknown }
    const { connectionString, max = 10, queryTimeoutMs = 30_000, ...unknown } = given
    refuseUnknown(unknown, 'with connectionString, max and queryTimeoutMs are')
    if (typeof connectionString !== 'string' || connectionString.trim() === '') {
      throw refusal('connectionString must be a string like postgres://user:password@host:5432/database')
    }
    if (typeof max !== 'number' || !Number.isInteger(max) || max < 1 || max > mostConnections) {
      throw refusal(`max must be a whole number from 1 to ${mostConnections}`)
    }
    if (!isMilliseconds(queryTimeoutMs)) {
      throw refusal(`queryTimeoutMs must be a whole number of milliseconds, from 1 to ${longestTimeoutMs}`)
    }
    return { kind: 'connection', connectionString, max, queryTimeoutMs }
  }
  return { kind: 'transaction', transaction: database }
}

function isPool(pool: unknown): pool is PostgresPool {
  // A client has `connect` too; only a client has `connectionParameters`.
  return typeof pool === 'object' && pool !== null && 'connect' in pool && !('connectionParameters' in pool)
}

function isMilliseconds(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value <= longestTimeoutMs
}

function isName(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value)
}

function refuseUnknown(unknown: object, known: string): void {
  const [name] = Object.keys(unknown)
  if (name !== undefined) throw refusal(`${name} is not an option: ${known}`)
}

function refusal(why: string): InvalidOptionsError {
  return new InvalidOptionsError(`postgresStorage: ${why}`)
}
