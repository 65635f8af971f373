import { CamelCasePlugin, Kysely, PostgresDialect, sql } from 'kysely'
import type { PoolClient } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type PostgresStorage, postgresStorage } from '../../../adapters/postgres/index.js'
import { ClosedError, InvalidOptionsError, NotMigratedError } from '../../../src/errors/index.js'
import type { UsersStorage } from '../../../src/ports/storage.js'
import { createTestUsers } from '../../../src/testing/index.js'
import { anEntry, aQuery, aSession, aUserRecord, someUsers } from '../../../src/testing/storage-contract/builders.js'
import {
  appendActivity,
  given,
  insertSession,
  insertUser,
  replaceUser,
} from '../../../src/testing/storage-contract/changes.js'
import { idsOf, userIds } from '../../../src/testing/storage-contract/walks.js'
import { contractInTransactionOn } from './contracts.js'
import { pgliteDatabase, serverDatabase, serverUrl, type TestDatabase } from './databases.js'

const ann = aUserRecord({ id: 'ann' })
const ben = aUserRecord({ id: 'ben' })

describe('postgresStorage inside a transaction keeps the storage contract', () => {
  contractInTransactionOn(() => pgliteDatabase({ trigrams: true }))
})

describe.runIf(serverUrl)('postgresStorage inside a transaction on a server keeps the storage contract', () => {
  contractInTransactionOn(() => serverDatabase({ max: 1 }))
})

let database: TestDatabase
let schema: string
let storage: PostgresStorage

beforeAll(async () => {
  database = await pgliteDatabase({ trigrams: true })
})
afterAll(() => database.close())
beforeEach(async () => {
  schema = database.newSchema()
  storage = postgresStorage({ pool: database.pool }, { schema })
  await storage.migrate()
})

/** Runs a task between `begin` and an end, which rolls back when the task throws. */
async function within(task: (client: PoolClient) => Promise<unknown>, end: 'commit' | 'rollback'): Promise<void> {
  const client = await database.pool.connect()
  try {
    await client.query('begin')
    await task(client)
    await client.query(end)
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

describe('a client of pg inside a transaction', () => {
  test('the host alone decides what becomes of what was done', async () => {
    const insertBoth = (client: PoolClient) => given(storage.inTransaction(client), { users: [ann, ben] })
    await within(insertBoth, 'rollback')
    expect(await userIds(storage)).toEqual([])
    await within(insertBoth, 'commit')
    expect(await userIds(storage)).toEqual(['ann', 'ben'])
  })

  test('a storage can be made of it as well', async () => {
    await within((client) => postgresStorage(client, { schema }).commit([insertUser(ann)]), 'commit')
    expect(await userIds(storage)).toEqual(['ann'])
  })

  test('a commit that is refused takes back its own changes alone [B-108]', async () => {
    await within(async (client) => {
      const inside = storage.inTransaction(client)
      await inside.commit([insertUser(ann)])
      const session = aSession({ userId: 'nobody' })
      for (const refused of [insertUser(ann), replaceUser({ ...ann, version: 9 }), insertSession(session)]) {
        await expect(inside.commit([insertUser(ben), refused])).rejects.toMatchObject({ code: 'storage-conflict' })
      }
      await client.query(`insert into "${schema}".rollbook_tombstones values ('host', 0, null)`)
      expect(await userIds(inside)).toEqual(['ann'])
    }, 'commit')
    expect(await userIds(storage)).toEqual(['ann'])
    expect((await storage.walk('tombstones', { limit: 9 })).items.map(({ id }) => id)).toEqual(['host'])
  })

  test('commits and reads at the same time do not meet', async () => {
    await within(async (client) => {
      // Two of them, as two parts of a program would have.
      const storages = [storage.inTransaction(client), storage.inTransaction(client)]
      const outcomes = await Promise.allSettled(
        someUsers(20).flatMap((user, index): Promise<unknown>[] => {
          const inside = storages[index % 2] as UsersStorage
          const changes = [insertUser(user), ...(index % 3 === 0 ? [insertUser(user)] : [])]
          return [inside.commit(changes), inside.listUsers(aQuery({ total: 'exact' }))]
        }),
      )
      const refused = outcomes.filter(({ status }) => status === 'rejected')
      expect(refused).toHaveLength(7)
    }, 'commit')
    expect(await userIds(storage)).toHaveLength(13)
  })

  test('tables that are not there are told, and the transaction goes on', async () => {
    await within(async (client) => {
      const inside = postgresStorage(client, { schema, prefix: 'missing_' })
      await expect(inside.findUser({ id: 'ann' })).rejects.toThrow(NotMigratedError)
      await storage.inTransaction(client).commit([insertUser(ann)])
    }, 'commit')
    expect(await userIds(storage)).toEqual(['ann'])
  })

  test('a client on which nothing was begun is refused at the first commit, and nothing is done', async () => {
    const client = await database.pool.connect()
    const commit = storage.inTransaction(client).commit([insertUser(ann)])
    await expect(commit.finally(() => client.release())).rejects.toThrow(InvalidOptionsError)
    expect(await userIds(storage)).toEqual([])
  })

  test.each([
    ['a pool', () => database.pool],
    ['nothing', () => undefined],
    ['a text', () => 'begin'],
    ['an object', () => ({})],
    ['a Kysely that is no transaction', () => kyselyOf()],
  ])('%s is refused', (_what, transaction) => {
    expect(() => storage.inTransaction(transaction())).toThrow(InvalidOptionsError)
  })

  test('close leaves it open', async () => {
    await within(async (client) => {
      const inside = storage.inTransaction(client)
      await inside.close()
      await expect(inside.commit([insertUser(ann)])).rejects.toThrow(ClosedError)
      await storage.inTransaction(client).commit([insertUser(ann)])
    }, 'commit')
    expect(await userIds(storage)).toEqual(['ann'])
  })
})

interface HostTables {
  readonly invoices: { owner: string; amountDue: number }
}

function kyselyOf(): Kysely<HostTables> {
  return new Kysely<HostTables>({
    dialect: new PostgresDialect({ pool: database.pool }),
    plugins: [new CamelCasePlugin()],
  }).withSchema(schema)
}

describe('a transaction of Kysely', () => {
  test('commits ours with the rows of the host, or neither', async () => {
    const db = kyselyOf()
    await sql`create table ${sql.id(schema, 'invoices')} (owner text, amount_due bigint)`.execute(db)
    const pay = (owner: string, fails: boolean) =>
      db.transaction().execute(async (transaction) => {
        const inside = storage.inTransaction(transaction)
        await inside.commit([insertUser(aUserRecord({ id: owner })), appendActivity(anEntry({ userId: owner }))])
        await transaction.insertInto('invoices').values({ owner, amountDue: 7 }).execute()
        expect(await inside.findUser({ id: owner })).toEqual(aUserRecord({ id: owner }))
        if (fails) throw new Error('the host changes its mind')
      })
    await pay('ann', false)
    await expect(pay('ben', true)).rejects.toThrow('changes its mind')
    expect(await userIds(storage)).toEqual(['ann'])
    expect(await db.selectFrom('invoices').select(['owner', 'amountDue']).execute()).toEqual([
      { owner: 'ann', amountDue: '7' },
    ])
  })

  test("reads whole numbers and our own columns, whatever the host's plugins are", async () => {
    await given(storage, { users: [ann], sessions: [aSession()], activity: [anEntry({ userId: 'ann' })] })
    await kyselyOf()
      .transaction()
      .execute(async (transaction) => {
        const inside = postgresStorage(transaction, { schema })
        expect(await inside.findSession('hash of s1')).toEqual({ session: aSession(), user: ann })
        expect(await inside.listUsers(aQuery({ limit: 0, total: 'exact' }))).toEqual({ items: [], total: 1 })
        expect(idsOf(await inside.listUsers(aQuery({ match: 'ann@' })))).toEqual(['ann'])
        expect((await inside.listActivity('ann', aQuery())).items).toEqual([anEntry({ userId: 'ann' })])
        await expect(inside.commit([replaceUser({ ...ann, version: 9 })])).rejects.toMatchObject({
          reason: 'stale-user',
        })
        await inside.commit([replaceUser(ann, { name: 'Ann' })])
      })
    expect((await storage.findUser({ id: 'ann' }))?.name).toBe('Ann')
  })
})

test('withTransaction of the service does everything inside, and tells of it when the host has committed', async () => {
  const { users, events } = createTestUsers({ storage })
  await within(async (client) => {
    const inside = users.withTransaction(client)
    const { id } = await inside.createUser({ email: 'ada@example.com', password: 'correct horse' })
    await expect(inside.createUser({ email: 'ada@example.com' })).rejects.toMatchObject({ code: 'email-taken' })
    await inside.updateUserPrefs(id, { prefs: { theme: 'dark' } })
    const { secret } = await inside.signIn({ email: 'ada@example.com', password: 'correct horse' })
    expect((await inside.verifyUserSession(secret)).user.prefs).toEqual({ theme: 'dark' })
    await client.query('commit')
    expect(events).toEqual([])
    inside.committed()
  }, 'rollback')
  await users.close()
  expect(events.map(({ event }) => event)).toEqual(['user.created', 'user.prefs-updated', 'session.created'])
})
