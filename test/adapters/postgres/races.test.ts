import type { PoolClient, QueryConfig } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type PostgresStorage, postgresStorage } from '../../../adapters/postgres/index.js'
import { type Change, StorageConflict } from '../../../src/index.js'
import { anEntry, aSession, aToken, aUserRecord } from '../../../src/testing/storage-contract/builders.js'
import {
  appendActivity,
  deleteUser,
  given,
  insertSession,
  insertToken,
  insertUser,
  replaceUser,
} from '../../../src/testing/storage-contract/changes.js'
import { serverDatabase, serverUrl, type TestDatabase } from './databases.js'

const ann = aUserRecord({ id: 'ann' })
const ben = aUserRecord({ id: 'ben' })
const wanted = { email: 'wanted@example.com', emailKey: 'wanted@example.com' }

interface Race {
  readonly name: string
  /** What another commit has done and not yet committed. */
  readonly first: readonly Change[]
  readonly second: readonly Change[]
  /** How the second one ends when the first one is committed. */
  readonly conflict: string
  /** How it ends when the first one is taken back. */
  readonly otherwise?: string
}

const races: readonly Race[] = [
  {
    name: 'a session and the deletion of its user',
    first: [deleteUser(ann)],
    second: [insertSession(aSession())],
    conflict: 'missing-user',
  },
  {
    name: 'a token and the deletion of its user',
    first: [deleteUser(ann)],
    second: [insertToken(aToken())],
    conflict: 'missing-user',
  },
  {
    name: 'two tokens of one hash',
    first: [insertToken(aToken())],
    second: [insertToken(aToken({ id: 't2', secretHash: 'hash of t1' }))],
    conflict: 'id-taken',
  },
  {
    name: 'an entry and the deletion of its user',
    first: [deleteUser(ann)],
    second: [appendActivity(anEntry({ userId: 'ann' }))],
    conflict: 'missing-user',
  },
  {
    name: 'a change of a user and its deletion',
    first: [deleteUser(ann)],
    second: [replaceUser(ann, { name: 'new' })],
    conflict: 'stale-user',
  },
  { name: 'two deletions of a user', first: [deleteUser(ann)], second: [deleteUser(ann)], conflict: 'stale-user' },
  {
    name: 'two changes of a user',
    first: [replaceUser(ann, { name: 'one' })],
    second: [replaceUser(ann, { name: 'other' })],
    conflict: 'stale-user',
  },
  {
    name: 'a deletion and a change of a user',
    first: [replaceUser(ann, { name: 'one' })],
    second: [deleteUser(ann)],
    conflict: 'stale-user',
  },
  {
    name: 'a new user and one who takes their email',
    first: [replaceUser(ben, wanted)],
    second: [insertUser(aUserRecord({ id: 'zoe', ...wanted }))],
    conflict: 'email-taken',
  },
  {
    name: 'two users who take one email',
    first: [replaceUser(ben, wanted)],
    second: [replaceUser(ann, wanted)],
    conflict: 'email-taken',
  },
  {
    name: 'two new users of one id',
    first: [insertUser(aUserRecord({ id: 'zoe' }))],
    second: [insertUser(aUserRecord({ id: 'zoe', ...wanted }))],
    conflict: 'id-taken',
  },
  {
    name: 'two new sessions of one id',
    first: [insertSession(aSession())],
    second: [insertSession(aSession({ secretHash: 'other' }))],
    conflict: 'id-taken',
  },
  {
    name: 'two ends of a session',
    first: [insertSession(aSession({ id: 'x' })), { op: 'deleteSession', userId: 'ben', sessionId: 's9' }],
    second: [{ op: 'deleteSession', userId: 'ben', sessionId: 's9' }],
    conflict: 'missing-session',
  },
  {
    name: 'a new user and a deletion that reserves the id',
    first: [deleteUser(ann)],
    second: [insertUser(ann)],
    conflict: 'id-taken',
    otherwise: 'id-taken',
  },
]

describe.runIf(serverUrl)('on a server, of two commits at once the one that waits sees what the other one did:', () => {
  let database: TestDatabase
  let storage: PostgresStorage
  let other: PoolClient

  beforeAll(() => {
    database = serverDatabase()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    storage = postgresStorage({ pool: database.pool }, { schema: database.newSchema() })
    await storage.migrate()
    await given(storage, { users: [ann, ben], sessions: [aSession({ id: 's9', userId: 'ben' })] })
    other = await database.pool.connect()
  })

  /** Begins the first commit, and the second one after it, and answers how that one ends. */
  async function ended(first: readonly Change[], second: readonly Change[], end: 'commit' | 'rollback') {
    const pid = (await other.query('select pg_backend_pid() as pid')).rows[0].pid
    try {
      await other.query('begin')
      await storage.inTransaction(other).commit(first)
      const outcome = storage.commit(second).then(() => 'done', reasonOf)
      const waiting = `select count(*)::int as waiting from pg_stat_activity where $1 = any(pg_blocking_pids(pid))`
      await expect.poll(async () => (await database.pool.query(waiting, [pid])).rows[0].waiting).toBe(1)
      await other.query(end)
      return await outcome
    } finally {
      other.release()
    }
  }

  test.each(races)('$name', async ({ first, second, conflict }) => {
    expect(await ended(first, second, 'commit')).toBe(conflict)
  })

  test.each(races)('$name, when the first one is taken back', async ({ first, second, otherwise = 'done' }) => {
    expect(await ended(first, second, 'rollback')).toBe(otherwise)
  })

  test('a new user of an id that is deleted before any of its statements is told that the id is taken', async () => {
    try {
      let sent = 0
      for (let deletedAt = 0; deletedAt <= sent; deletedAt++) {
        const user = aUserRecord({ id: `u${deletedAt}`, email: `u${deletedAt}@example.com` })
        await given(storage, { users: [user] })
        sent = 0
        await other.query('begin')
        const inSteps = storage.inTransaction({
          async query(query: QueryConfig) {
            if (sent++ === deletedAt) await storage.commit([deleteUser(user)])
            return other.query(query)
          },
        })
        const again = insertUser({ ...user, email: 'free@example.com', emailKey: 'free@example.com' })
        expect(await inSteps.commit([again]).then(() => 'done', reasonOf), `before statement ${deletedAt}`).toBe(
          'id-taken',
        )
        await other.query('rollback')
      }
      expect(sent).toBeGreaterThan(3)
    } finally {
      other.release()
    }
  })
})

function reasonOf(error: unknown): string {
  if (error instanceof StorageConflict) return error.reason
  throw error
}
