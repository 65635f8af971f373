import { createHash } from 'node:crypto'
import type { Statement } from '../sql/statement.js'
import type { PostgresClient, PostgresResult } from './pool.js'
import { withWholeNumbers } from './whole-numbers.js'

/** A connection that is ours for a while. */
export interface Connection {
  execute(statement: Statement, args: object): Promise<PostgresResult>
  /** Runs SQL that takes no values, such as `begin`. It may be several statements. */
  command(text: string): Promise<PostgresResult>
}

/**
 * `isNamed`: whether the connection may be left with prepared statements. `timeoutMs`: the limit for each statement, that
 * of the pool when absent.
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

/** A name that no other query has: a connection of the host's pool may know those of two storages. */
function nameOf(statement: Statement): string {
  const known = names.get(statement)
  if (known) return known
  const name = `rollbook_${createHash('sha256').update(statement.sql).digest('hex').slice(0, 32)}`
  names.set(statement, name)
  return name
}
