import type { SqlDialect } from '../../sql/dialect.js'
import { type Connection, trySavepoint } from '../connection/connection.js'

/** Creates the index of a search, which needs an extension. Returns whether it is there. */
export async function createSearchIndex(connection: Connection, { table, name }: SqlDialect): Promise<boolean> {
  const { rows } = await connection.command(`select to_regclass('${table('users_search')}') as found`)
  if (Reflect.get(rows[0] ?? {}, 'found') !== null) return true
  const schema = await schemaOfTrigrams(connection)
  if (schema === undefined) return false
  return trySavepoint(
    connection,
    // Without a list of what is still to be indexed, which every search would have to read through. And with a sample
    // in which a text is found that one in some hundred users has.
    `create index ${name('users_search')} on ${table('users')} using gin (search_text ${schema}.gin_trgm_ops)
      with (fastupdate = off);
    alter table ${table('users')} alter column search_text set statistics 1000`,
  )
}

/** Where the extension is, which may be out of the connection's sight. */
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
  // Also when that was refused: another process may just have been quicker.
  return find()
}
