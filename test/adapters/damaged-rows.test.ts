import { inspect } from 'node:util'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { postgresStorage } from '../../adapters/postgres/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import type { UsersStorage } from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'
import { aToken } from '../../src/testing/storage-contract/builders.js'
import { insertToken } from '../../src/testing/storage-contract/changes.js'
import { pgliteDatabase, serverDatabase, serverUrl, type TestDatabase } from './postgres/databases.js'

// That PGlite has no trigrams is of no matter here.
vi.spyOn(process, 'emitWarning').mockImplementation(() => {})

type Damage = readonly [table: string, column: string, value: string | number | Uint8Array]
/** Writes a value into a column of all rows, past the library. */
type Spoil = (...damage: Damage) => Promise<void>
interface Ground {
  readonly storage: UsersStorage
  readonly spoil: Spoil
}

const tooLate = 8.64e15 + 1
const damages: readonly Damage[] = [
  ...['secret-411', '"secret"', '["secret"]', 'null', '411', '', '{"secret":'].map(
    (prefs) => ['users', 'prefs', prefs] as const,
  ),
  ['users', 'status', 'secret'],
  ['users', 'email_verified', 411],
  ...['created_at', 'updated_at', 'password_updated_at'].map((column) => ['users', column, tooLate] as const),
  ...['version', 'session_epoch'].map((column) => ['users', column, -1] as const),
  ...['created_at', 'expires_at', 'used_at'].map((column) => ['sessions', column, tooLate] as const),
  ...['secret-411', '"secret"', '[]', 'null'].map((details) => ['activity', 'details', details] as const),
  ['activity', 'at', tooLate],
  ['tombstones', 'deleted_at', tooLate],
  ...['created_at', 'expires_at'].map((column) => ['tokens', column, tooLate] as const),
  ...['session_epoch', 'tries_left'].map((column) => ['tokens', column, -1] as const),
]
// What a column takes on SQLite alone, whose types are only a preference.
const ofAnyType: readonly Damage[] = [
  ...['created_at', 'version', 'session_epoch', 'email_verified'].map((column) => ['users', column, 'secret'] as const),
  ...['name', 'password_hash', 'prefs'].map((column) => ['users', column, Buffer.from('secret')] as const),
  ['users', 'created_at', 1.5],
  ['sessions', 'expires_at', 'secret'],
  ['sessions', 'ip', Buffer.from('secret')],
  ['activity', 'at', 'secret'],
  ['activity', 'actor', Buffer.from('secret')],
  ['tombstones', 'actor', Buffer.from('secret')],
]

/** Reads everything of a kind in every way, and answers what each was refused with. */
async function refusals(storage: UsersStorage, table: string, secret: string): Promise<readonly unknown[]> {
  const { users } = createTestUsers({ storage })
  const walk = { limit: 10 }
  const reads: Readonly<Record<string, readonly (() => Promise<unknown>)[]>> = {
    users: [
      () => users.getUser('ada'),
      () => users.listUsers(),
      () => users.listUsers({ search: 'ada' }),
      () => users.verifyUserSession(secret),
      () => users.updateUserStatus('ada', { status: 'blocked' }),
    ],
    sessions: [() => users.verifyUserSession(secret), () => storage.walk('sessions', walk)],
    activity: [() => users.getUserLogs('ada'), () => storage.walk('activity', walk)],
    tokens: [() => storage.walk('tokens', walk)],
    tombstones: [() => storage.walk('tombstones', walk)],
  }
  const results = await Promise.allSettled((reads[table] ?? []).map((read) => read()))
  return results.map((result) => (result.status === 'rejected' ? result.reason : 'it was read'))
}

function laws(open: () => Promise<Ground>, cases: readonly Damage[]): void {
  test.each(cases)(
    'a row of %s whose %s is %j is reported as corrupt storage by its column, without a word of the row [B-127]',
    async (table, column, value) => {
      const { storage, spoil } = await open()
      const { users } = createTestUsers({ storage })
      await users.createUser({ id: 'ada', email: 'ada@example.com', password: 'correct horse' })
      await users.createUser({ id: 'gone', email: 'gone@example.com' })
      await users.deleteUser('gone', { by: { actor: 'an admin' } })
      await users.recordUserActivity('ada', { event: 'invoice.paid', details: { n: 1 } }, { by: { actor: 'ada' } })
      const { secret } = await users.createUserSession('ada', { by: { ip: '203.0.113.7' } })
      await storage.commit([insertToken(aToken({ userId: 'ada', sessionEpoch: 1, triesLeft: 1 }))])
      await spoil(table, column, value)
      for (const refusal of await refusals(storage, table, secret)) {
        expect(refusal).toMatchObject({ code: 'storage-failed', reason: 'corrupt' })
        const everyWord = inspect(refusal, { depth: 9, showHidden: true })
        expect(everyWord).toContain(`column ${column} of a row is `)
        expect(everyWord).not.toMatch(/secret|411|JSON at|Unexpected/)
      }
    },
  )
}

describe('on SQLite', () => {
  laws(async () => {
    const handle = new Database(':memory:')
    onTestFinished(() => void handle.close())
    const storage = sqliteStorage(handle)
    await storage.migrate()
    return {
      storage,
      async spoil(table, column, value) {
        handle.prepare(`update rollbook_${table} set ${column} = ?`).run(value)
      },
    }
  }, [...damages, ...ofAnyType])
})

describe.each([
  { name: 'PGlite', open: () => pgliteDatabase({ trigrams: false }) },
  ...(serverUrl ? [{ name: 'a PostgreSQL server', open: async () => serverDatabase() }] : []),
])('on $name', ({ open }) => {
  let database: TestDatabase
  let schema: string
  beforeAll(async () => {
    database = await open()
    schema = database.newSchema()
    await postgresStorage({ pool: database.pool }, { schema }).migrate()
  })
  afterAll(() => database.close())
  laws(async () => {
    const { pool } = database
    // To empty the tables is much quicker than to make them anew.
    const tables = ['sessions', 'activity', 'users', 'tombstones']
    await pool.query(tables.map((table) => `delete from "${schema}".rollbook_${table};`).join(''))
    return {
      storage: postgresStorage({ pool }, { schema }),
      async spoil(table, column, value) {
        await pool.query(`update "${schema}".rollbook_${table} set ${column} = $1`, [value])
      },
    }
  }, damages)
})
