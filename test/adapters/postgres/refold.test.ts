import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { postgresStorage } from '../../../adapters/postgres/index.js'
import { aUserRecord } from '../../../src/testing/storage-contract/builders.js'
import { given } from '../../../src/testing/storage-contract/changes.js'
import { userIds } from '../../../src/testing/storage-contract/walks.js'
import { pgliteDatabase, serverDatabase, serverUrl, type TestDatabase } from './databases.js'

let database: TestDatabase
let schema: string

beforeAll(async () => {
  database = serverUrl === '' ? await pgliteDatabase({ trigrams: true }) : serverDatabase()
})
afterAll(() => database.close())
beforeEach(() => {
  schema = database.newSchema()
})

async function sql(text: string): Promise<object[]> {
  return (await database.pool.query(text.replaceAll('ours.', `"${schema}".rollbook_`))).rows
}

/** A database as the previous release left it, with so many users, and a count of how often each is changed. */
async function madeByPreviousRelease(count: number): Promise<void> {
  const storage = postgresStorage({ pool: database.pool }, { schema })
  await storage.migrate()
  const texts = (id: string) => `${id === 'u1' ? 'someone' : 'कमल'}\n${id}@example.com\n${id}`
  const users = Array.from({ length: count }, (_, n) =>
    aUserRecord({ id: `u${n}`, name: n === 1 ? 'Someone' : 'कोमल', searchText: texts(`u${n}`) }),
  )
  await given(storage, { users })
  await storage.close()
  await sql(`drop table ours.fold_progress; drop table ours.tokens; delete from ours.migrations where id > '0001-z';
    update ours.migrations set fold_version = 1;
    create table ours.changed (user_id text);
    create function ours.note() returns trigger language plpgsql as
      $$ begin insert into ours.changed values (new.id); return new; end $$;
    create trigger noted after update on ours.users for each row execute function ours.note()`)
}

async function untilPassed(pass: number): Promise<void> {
  const passed = async () =>
    expect(await sql('select pass, through from ours.fold_progress')).toEqual([{ pass: String(pass), through: '0' }])
  await vi.waitFor(passed, { timeout: 20_000, interval: 50 })
}

test('several storages at once fold a database of before anew, each user once [B-163]', async () => {
  await madeByPreviousRelease(450)
  const storages = [1, 2, 3].map(() => postgresStorage({ pool: database.pool }, { schema }))
  await Promise.all(storages.map((storage) => storage.migrate()))
  await untilPassed(2)
  const [storage = postgresStorage({ pool: database.pool }, { schema })] = storages
  expect(await userIds(storage, 'कमल')).toEqual([])
  expect((await userIds(storage, 'कोमल')).length).toBe(449)
  const changes = await sql('select count(*)::int as all, count(distinct user_id)::int as users from ours.changed')
  expect(changes).toEqual([{ all: 449, users: 449 }])
  for (const one of storages) await one.close()
})

test('a sweep does what is left, a day later that of the previous release, and then no more [B-163]', async () => {
  await madeByPreviousRelease(30)
  const storage = postgresStorage({ pool: database.pool }, { schema })
  await storage.migrate()
  await untilPassed(2)
  const asBefore = `update ours.users set search_text = 'कमल' where id = 'u7'`
  await sql(asBefore)
  const sweep = () => storage.sweep({ expiredAt: new Date(0), limit: 100 })
  expect(await sweep()).toMatchObject({ done: true })
  expect(await userIds(storage, 'कमल')).toEqual(['u7'])
  await sql('update ours.fold_progress set due_at = 0')
  expect(await sweep()).toMatchObject({ done: true })
  expect(await userIds(storage, 'कमल')).toEqual([])
  expect(await sql('select distinct fold_version from ours.migrations')).toEqual([{ fold_version: 2 }])
  await sql(asBefore)
  await sweep()
  expect(await userIds(storage, 'कमल')).toEqual(['u7'])
  await storage.close()
})
