import type * as KyselyModule from 'kysely'
import type { SqlDialect } from '../sql/dialect.js'
import { loadPeer } from '../sql/load-peer.js'

/**
 * Kysely as a builder of SQLite's SQL, without a connection.
 *
 * @throws {MissingPeerError}
 */
export function sqliteDialect(prefix: string): SqlDialect {
  const { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql } = loadPeer<
    typeof KyselyModule
  >('kysely', 'npm install kysely better-sqlite3')
  const db = new Kysely<never>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (database) => new SqliteIntrospector(database),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })
  return { db, sql, locksRows: false, prefix }
}
