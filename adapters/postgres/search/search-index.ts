import type { SqlDialect } from '../../sql/dialect.js'
import { type Connection, trySavepoint } from '../connection/connection.js'

/** Creates the index for searches, which needs an extension. Returns whether the index exists. */
export async function createSearchIndex(connection: Connection, { table, name }: SqlDialect): Promise<boolean> {
  const { rows } = await connection.command(`select to_regclass('${table('users_search')}') as found`)
  if (Reflect.get(rows[0] ?? {}, 'found') !== null) return true
  const schema = await schemaOfTrigrams(connection)
  if (schema === undefined) return false
  return trySavepoint(
    connection,
    // Without a pending list, which every search would have to read. With a sample large enough to show a text that one in
    // some hundred users has.
    `create index ${name('users_search')} on ${table('users')} using gin (search_text ${schema}.gin_trgm_ops)
      with (fastupdate = off);
    alter table ${table('users')} alter column search_text set statistics 1000`,
  )
}

/** Returns the schema of the extension, which may not be on the search path. */
async function schemaOfTrigrams(connection: Connection): Promise<string | undefined> {
  const find = async (): Promise<string | undefined> => {
    const { rows } = await connection.command(
      `select quote_ident(nspname) as schema from pg_catalog.pg_extension
        join pg_catalog.pg_namespace on pg_namespace.oid = extnamespace where extname = 'pg_trgm'`,
    )
    const schema: unknown = Reflect.get(rows[0] ?? {}, 'schema')
    return typeof schema === 'string' ? schema : undefined
  }
  const found = await find()
  if (found !== undefined) return found
  await trySavepoint(connection, 'create extension if not exists pg_trgm')
  // Even if that was refused: another process may have been quicker.
  return find()
}
