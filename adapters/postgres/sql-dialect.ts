import type * as KyselyModule from 'kysely'
import type { SqlDialect } from '../sql/dialect.js'
import { loadPeer } from '../sql/load-peer.js'
import type { TableNames } from './table-names.js'

/**
 * Kysely as a builder of PostgreSQL's SQL, without a connection.
 *
 * @throws {MissingPeerError}
 */
export function postgresDialect({ quotedPrefix }: TableNames): SqlDialect {
  const { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } = loadPeer<
    typeof KyselyModule
  >('kysely', 'npm install kysely pg')
  const db = new Kysely<never>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (database) => new PostgresIntrospector(database),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
  return { db, sql, locksRows: true, prefix: quotedPrefix }
}
