import { createHash } from 'node:crypto'
import { processWarnings } from '../../../src/ports/logger.js'
import { wholeNumberColumns } from '../../sql/kinds/index.js'
import type { Statement } from '../../sql/statement.js'
import { type Query, runLater, type Work } from '../../sql/work.js'
import { isLost, isOfPreparedName } from './driver-error.js'
import type { PostgresClient, PostgresResult } from './pool.js'

/** A connection to the server, for a task or for a transaction of the host. */
export interface Connection {
  execute(statement: Statement, args: object): Promise<PostgresResult>
  /** Runs SQL that takes no values, such as `begin`. It may be several statements. */
  command(text: string): Promise<PostgresResult>
}

/**
 * `isNamed` is whether statements stay prepared under names on the connection. `timeoutMs` limits each statement; without
 * it the pool's own limit holds.
 */
export function connectionOf(client: PostgresClient, isNamed: boolean, timeoutMs?: number): Connection {
  const limit = timeoutMs === undefined ? {} : { query_timeout: timeoutMs }
  return {
    async execute(statement, args) {
      const text = statement.sql
      const values = statement.values(args)
      const query = { text, values, ...limit, ...(isNamed && !statement.isPlannedAnew && { name: nameOf(statement) }) }
      return withWholeNumbers(await client.query(query))
    },
    async command(text) {
      return client.query({ text, ...limit })
    },
  }
}

const names = new WeakMap<Statement, string>()

/** Returns a name that no other query has, since a connection of the host's pool may serve two storages. */
function nameOf(statement: Statement): string {
  const known = names.get(statement)
  if (known) return known
  const name = `rollbook_${createHash('sha256').update(statement.sql).digest('hex').slice(0, 32)}`
  names.set(statement, name)
  return name
}

/** Runs SQL that the database may refuse, inside a transaction that continues either way. Returns whether it succeeded. */
export async function trySavepoint(connection: Connection, text: string): Promise<boolean> {
  await connection.command('savepoint rollbook_attempt')
  try {
    await connection.command(text)
    await connection.command('release savepoint rollbook_attempt')
    return true
  } catch (error) {
    if (isLost(error)) throw error
    await connection.command('rollback to savepoint rollbook_attempt')
    return false
  }
}

/** Runs work, one statement after another. */
export function runOn<T>(connection: Connection, work: Work<T>): Promise<T> {
  return runLater(work, (query) => resultOf(connection, query))
}

async function resultOf(connection: Connection, { result, statement, args }: Query): Promise<unknown> {
  if (result === 'none') return connection.command(statement.sql)
  const { rows, rowCount } = await connection.execute(statement, args)
  if (result === 'row') return rows[0]
  if (result === 'rows') return rows
  return rowCount ?? 0
}

/**
 * Converts our `bigint` columns to numbers. The driver returns them as text, or as whatever a type parser of the host makes
 * of them, which is not ours to change. Ours are small enough for a number.
 */
export function withWholeNumbers(result: PostgresResult): PostgresResult {
  const { rows } = result
  const columns = rows[0] ? Object.keys(rows[0]).filter((column) => wholeNumberColumns.has(column)) : []
  for (const row of rows) {
    for (const column of columns) {
      const value: unknown = Reflect.get(row, column)
      if (value !== null) Reflect.set(row, column, Number(value))
    }
  }
  return result
}

const nameless = new WeakSet<object>()

/** Returns whether statements are prepared under names on a pool or a client: they are until a name goes wrong. */
export function usesPreparedNames(connections: object): boolean {
  return !nameless.has(connections)
}

/**
 * Returns whether an error is about the name of a prepared statement, and if so stops using names on these connections.
 * Behind a pooler that switches server connections between transactions, names get lost and clash all the time.
 */
export function stopsPreparedNames(connections: object, error: unknown): boolean {
  if (!isOfPreparedName(error)) return false
  if (!nameless.has(connections)) {
    nameless.add(connections)
    processWarnings.warn(
      { err: error },
      'rollbook: statements are no longer prepared under names, which the connection has lost or mixed up: behind ' +
        'PgBouncer, or where something runs "discard all", give postgresStorage(database, { prepare: false })',
    )
  }
  return true
}
