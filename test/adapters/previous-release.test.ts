import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { postgresStorage } from '../../adapters/postgres/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import type { UsersStorage } from '../../src/index.js'
import { aSession, aToken, aUserRecord } from '../../src/testing/storage-contract/builders.js'
import { given, insertToken } from '../../src/testing/storage-contract/changes.js'
import { pgliteDatabase, serverDatabase, serverUrl } from './postgres/databases.js'

// That PGlite has no trigrams is of no matter here.
vi.spyOn(process, 'emitWarning').mockImplementation(() => {})

interface Ground {
  readonly storage: UsersStorage
  /** Runs statements as the previous release does, on the tables of this one. */
  readonly runOld: (...statements: readonly string[]) => Promise<void>
  readonly table: (name: string) => string
}

const grounds: Readonly<Record<string, () => Promise<Ground>>> = {
  async SQLite() {
    const handle = new Database(':memory:')
    onTestFinished(() => void handle.close())
    const storage = sqliteStorage(handle)
    await storage.migrate()
    return {
      storage,
      table: (name) => `rollbook_${name}`,
      async runOld(...statements) {
        for (const statement of statements) handle.exec(statement)
      },
    }
  },
  PGlite: () => onPostgres(() => pgliteDatabase({ trigrams: false })),
  ...(serverUrl && { 'a PostgreSQL server': () => onPostgres(serverDatabase) }),
}

async function onPostgres(
  open: () => ReturnType<typeof pgliteDatabase> | ReturnType<typeof serverDatabase>,
): Promise<Ground> {
  const database = await open()
  onTestFinished(() => database.close())
  const schema = database.newSchema()
  const storage = postgresStorage({ pool: database.pool }, { schema })
  await storage.migrate()
  return {
    storage,
    table: (name) => `"${schema}".rollbook_${name}`,
    async runOld(...statements) {
      for (const statement of statements) await database.pool.query(statement)
    },
  }
}

describe.each(Object.entries(grounds))('on the tables of this release in %s', (_, open) => {
  test('the previous one, which knows no tokens, deletes a user who has some, and they are gone [B-110]', async () => {
    const { storage, runOld, table } = await open()
    const [ann, ben] = [aUserRecord({ id: 'ann' }), aUserRecord({ id: 'ben' })]
    await given(storage, { users: [ann, ben], sessions: [aSession()] })
    await storage.commit([insertToken(aToken()), insertToken(aToken({ id: 't2', userId: 'ben' }))])
    await runOld(
      `delete from ${table('sessions')} where user_id = 'ann'`,
      `delete from ${table('activity')} where user_id = 'ann'`,
      `delete from ${table('users')} where id = 'ann'`,
      `insert into ${table('tombstones')} values ('ann', 0, null)`,
    )
    expect((await storage.walk('tokens', { limit: 10 })).items.map(({ id }) => id)).toEqual(['t2'])
    expect(await storage.findUser({ id: 'ben' })).toEqual(ben)
  })
})
