import type * as KyselyModule from 'kysely'
import { loadPeer } from '../sql/load-peer.js'
import type { Connection } from './connection.js'
import type { PostgresResult } from './pool.js'
import { withWholeNumbers } from './whole-numbers.js'

/**
 * The part of a transaction of Kysely that the storage needs. It names no type of Kysely's, so that these declarations
 * are whole without that package.
 */
export interface KyselyTransaction {
  readonly isTransaction: boolean
  withoutPlugins(): unknown
  /** Takes a compiled query of Kysely. */
  executeQuery(query: never): Promise<{ readonly rows: unknown[]; readonly numAffectedRows?: bigint | undefined }>
}

/** @throws {MissingPeerError} */
export function kyselyConnection(transaction: KyselyTransaction): Connection {
  const { CompiledQuery } = loadPeer<typeof KyselyModule>('kysely', 'npm install kysely pg')
  // What has the shape of a transaction of Kysely is one. A plugin of the host may give columns other names.
  const plain = transaction.withoutPlugins() as KyselyModule.Transaction<unknown>
  async function execute(sql: string, values: unknown[]): Promise<PostgresResult> {
    const { rows, numAffectedRows } = await plain.executeQuery(CompiledQuery.raw(sql, values))
    // What PostgreSQL answers are rows.
    return withWholeNumbers({ rows: rows as object[], rowCount: Number(numAffectedRows ?? rows.length) })
  }
  return {
    execute: (statement, args) => execute(statement.sql, statement.values(args)),
    command: (text) => execute(text, []),
  }
}
