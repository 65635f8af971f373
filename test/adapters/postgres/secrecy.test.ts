import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { postgresStorage } from '../../../adapters/postgres/index.js'
import { hashSessionSecret } from '../../../src/domain/session.js'
import { argon2id } from '../../../src/index.js'
import { createTestUsers } from '../../../src/testing/index.js'
import { pgliteDatabase, serverDatabase, serverUrl, type TestDatabase } from './databases.js'

// That PGlite has no trigrams is of no matter here.
vi.spyOn(process, 'emitWarning').mockImplementation(() => {})

const login = { email: 'ada@example.com', password: 'first-Pa55word' }
const ada = { ...login, id: 'ada', name: 'Ada Lovelace' }

/** Every row of every table in a schema, as text. */
async function dumpOf({ pool }: TestDatabase, schema: string): Promise<string> {
  const tables = await pool.query('select table_name from information_schema.tables where table_schema = $1', [schema])
  const rows: string[] = []
  for (const { table_name: table } of tables.rows) {
    const { rows: found } = await pool.query(`select row_to_json(one)::text as row from "${schema}"."${table}" as one`)
    rows.push(...found.map(({ row }) => `${table} ${row}`))
  }
  return rows.join('\n')
}

describe.each([
  { name: 'PGlite', open: () => pgliteDatabase({ trigrams: false }) },
  ...(serverUrl ? [{ name: 'a PostgreSQL server', open: async () => serverDatabase() }] : []),
])('the tables on $name', ({ open }) => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())

  async function setUp() {
    const schema = database.newSchema()
    const storage = postgresStorage({ pool: database.pool }, { schema })
    await storage.migrate()
    return { schema, ...createTestUsers({ storage, passwords: argon2id() }) }
  }

  test('hold no password and no secret, and the hashes say how they were made [B-47]', async () => {
    const { users, schema } = await setUp()
    await users.createUser(ada)
    const { secret } = await users.signIn(login)
    await users.signIn({ ...login, password: 'wrong-Pa55word' }).catch(() => {})
    await users.updateUserPassword(ada.id, { password: 'second-Pa55word' })
    const { secret: alive } = await users.signIn({ ...login, password: 'second-Pa55word' })
    const dump = await dumpOf(database, schema)
    expect(dump).toContain(hashSessionSecret(alive))
    expect(dump).toMatch(/\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    for (const hidden of ['Pa55word', secret, alive]) expect(dump).not.toContain(hidden)
    await users.close()
  })

  test('hold nothing of a deleted user but the id, the time and who did it [B-52]', async () => {
    const { users, schema, clock } = await setUp()
    const by = { actor: 'admin', ip: '192.0.2.7', userAgent: 'curl/8.5.0' }
    await users.createUser(ada, { by })
    await users.signIn(login, { by })
    await users.updateUserPrefs(ada.id, { prefs: { city: 'London' } }, { by })
    await users.deleteUser(ada.id, { by })
    const rows = (await dumpOf(database, schema))
      .split('\n')
      .filter((row) => !/^rollbook_(?:migrations|fold_progress) /.test(row))
    const tombstone = { id: ada.id, deleted_at: clock.now().getTime(), actor: 'admin' }
    expect(rows).toEqual([`rollbook_tombstones ${JSON.stringify(tombstone)}`])
    await users.close()
  })
})
