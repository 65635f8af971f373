import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { postgresStorage } from '../../../adapters/postgres/index.js'
import { columnNames } from '../../../adapters/sql/columns.js'
import { conflictOfConstraint, sqlKinds } from '../../../adapters/sql/kinds/index.js'
import { sqliteStorage } from '../../../adapters/sqlite/index.js'
import { kinds, recordKinds } from '../../../src/ports/kinds.js'
import { pgliteDatabase } from '../postgres/databases.js'

/** The columns that the table of each kind must have. */
const wanted = Object.fromEntries(
  recordKinds.map((kind) => {
    const own = columnNames(sqlKinds[kind].columns)
    return [kind, [...own, ...(kinds[kind].order === 'insertion' ? ['seq'] : [])].sort()]
  }),
)

describe('migrations create the columns of every kind, and no others', () => {
  test('in SQLite', async () => {
    const database = new Database(':memory:')
    onTestFinished(() => void database.close())
    await sqliteStorage(database).migrate()
    const columns = database.prepare('select name from pragma_table_info(?) order by name').pluck()
    expect(Object.fromEntries(recordKinds.map((kind) => [kind, columns.all(`rollbook_${kind}`)]))).toEqual(wanted)
  })

  test('in PostgreSQL', async () => {
    const { pool, newSchema, close } = await pgliteDatabase({ trigrams: true })
    onTestFinished(close)
    const schema = newSchema()
    await postgresStorage({ pool }, { schema }).migrate()
    const found: Record<string, string[]> = {}
    for (const kind of recordKinds) {
      const { rows } = await pool.query<{ column_name: string }>(
        'select column_name from information_schema.columns where table_schema = $1 and table_name = $2',
        [schema, `rollbook_${kind}`],
      )
      found[kind] = rows.map(({ column_name }) => column_name).sort()
    }
    expect(found).toEqual(wanted)
  })
})

test.each(['users', 'sessions', 'tokens', 'tombstones'])(
  'a taken id of %s is a conflict, by its constraint',
  (kind) => {
    expect(conflictOfConstraint(`${kind}_id_unique`)).toBe('id-taken')
  },
)
