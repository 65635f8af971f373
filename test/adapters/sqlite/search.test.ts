import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { sqliteStorage } from '../../../adapters/sqlite/index.js'
import { migrations } from '../../../adapters/sqlite/migrations.js'
import { sqliteDialect } from '../../../adapters/sqlite/sql-dialect.js'
import { limits } from '../../../src/domain/limits.js'
import type { UserQuery, UsersStorage } from '../../../src/ports/storage.js'
import { anEntry, aQuery, aUserRecord } from '../../../src/testing/storage-contract/builders.js'
import { appendActivity, deleteUser, insertUser, replaceUser } from '../../../src/testing/storage-contract/changes.js'
import { requireIndexed } from './index-law.js'

const closing: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of closing.splice(0)) await one.close()
})

async function storageOnHandle(handle = new Database(':memory:')) {
  closing.push(handle)
  const storage = sqliteStorage(handle)
  await storage.migrate()
  return { handle, storage }
}

/** What a search must answer, worked out the plain way. */
function expected(texts: readonly (readonly [id: string, text: string])[], query: UserQuery & { match: string }) {
  const found = texts.filter(([, text]) => text.includes(query.match)).map(([id]) => id)
  if (query.order === 'newest-first') found.reverse()
  const total = Math.min(found.length, limits.totalCap)
  return {
    ids: found.slice(query.offset, query.offset + query.limit),
    hasNext: query.limit > 0 && found.length > query.offset + query.limit,
    total,
    isCapped: found.length > limits.totalCap,
  }
}

async function found(storage: UsersStorage, query: UserQuery & { match: string }) {
  const page = await storage.listUsers(query)
  return {
    ids: page.items.map(({ id }) => id),
    hasNext: page.next !== undefined,
    total: page.total,
    isCapped: page.totalIsCapped === true,
  }
}

describe('with 30,000 users', () => {
  const syllables = ['an', 'ma', 'xo', 'ri', 'щу', '王', 'é', '"', '%', '_', "'", '\\', '👍🏽', '*', '-', ' ']
  const texts: (readonly [string, string])[] = []
  let handle: Database.Database
  let storage: UsersStorage

  beforeAll(async () => {
    handle = new Database(':memory:')
    storage = sqliteStorage(handle)
    await sqliteStorage(handle).migrate()
    let state = 1
    const next = (below: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return Math.floor((state / 2 ** 32) * below)
    }
    // The later syllables are rare, and the last ones among the first users only.
    const syllable = (i: number) =>
      syllables[Math.min(next(syllables.length), next(syllables.length - (i > 9000 ? 3 : 0)))]
    const changes = Array.from({ length: 30_000 }, (_, i) => {
      const id = `u${String(i).padStart(6, '0')}`
      const name = Array.from({ length: 1 + next(6) }, () => syllable(i)).join('')
      const searchText = `${name}\n${[...name].slice(0, 2).join('')}.smith${next(500)}@mail.com\n${id}`
      texts.push([id, searchText])
      return insertUser(aUserRecord({ id, name, searchText }))
    })
    for (let start = 0; start < changes.length; start += 5000) await storage.commit(changes.slice(start, start + 5000))
  })
  afterAll(() => handle.close())

  const piece = fc
    .tuple(fc.nat(29_999), fc.nat(40), fc.integer({ min: 1, max: 14 }))
    .map(([user, start, length]) => [...(texts[user]?.[1] ?? '')].slice(start, start + length).join(''))
    .map((text) => text.split('\n')[0] || 'm')
  const made = fc.array(fc.constantFrom(...syllables, 'mail.com', '@mail', 'ail', 'oma', 'smith', '00', 'u0'), {
    minLength: 1,
    maxLength: 60,
  })
  const term = fc.oneof(
    piece,
    piece,
    made.map((parts) => parts.join('')),
    fc.constantFrom(...syllables, 'a', '0', 'ш', '@', 'qq'),
  )

  test('a search answers what reading every row would answer, for any term, order and page [B-73]', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        term,
        fc.constantFrom('oldest-first' as const, 'newest-first' as const),
        fc.constantFrom(0, 1, 25, 100),
        fc.constantFrom(0, 0, 0, 3, 1500, 29_000),
        async (match, order, limit, offset) => {
          const query = { ...aQuery({ order, limit, offset, total: 'capped' }), match }
          expect(await found(storage, query)).toEqual(expected(texts, query))
        },
      ),
      { numRuns: 400 },
    )
  })

  test('a walk by positions yields each match once, in order, for a term of any kind', async () => {
    for (const match of ['xo', '王', '"', 'smith1', 'mail.com', '.smith77@mail.com', 'anma']) {
      const walked: string[] = []
      let after: string | undefined
      do {
        const page = await storage.listUsers({ ...aQuery({ limit: 100 }), match, ...(after && { after }) })
        walked.push(...page.items.map(({ id }) => id))
        after = page.next
      } while (after)
      expect(walked).toEqual(texts.filter(([, text]) => text.includes(match)).map(([id]) => id))
    }
  })
})

test('a long search lets other work run in between [B-70]', async () => {
  const { storage } = await storageOnHandle()
  const users = Array.from({ length: 6000 }, (_, i) =>
    aUserRecord({ id: `u${i}`, searchText: `${'a'.repeat(20)}\nu${i}` }),
  )
  await storage.commit(users.map(insertUser))
  let turns = 0
  let isSearching = true
  const count = () => {
    turns++
    if (isSearching) setImmediate(count)
  }
  setImmediate(count)
  // All its trigrams are everywhere, and nobody has it: each row has to be looked at.
  const page = await storage.listUsers({ ...aQuery({ total: 'capped' }), match: 'a'.repeat(40) })
  isSearching = false
  expect(page).toEqual({ items: [], total: 0 })
  expect(turns).toBeGreaterThan(3)
})

describe('the search index', () => {
  const ann = aUserRecord({ id: 'ann', name: 'Ann', searchText: 'ann\nann@example.com\nann' })

  test('is changed with the row, by whoever changes it', async () => {
    const { handle, storage } = await storageOnHandle()
    const totalOf = async (match: string) => (await storage.listUsers({ ...aQuery({ total: 'capped' }), match })).total
    await storage.commit([insertUser(ann), insertUser(aUserRecord({ id: 'ben' }))])
    expect([await totalOf('ann@ex'), await totalOf('ben')]).toEqual([1, 1])

    await storage.commit([
      { op: 'replaceUser', user: { ...ann, searchText: 'zoe\nzoe@example.com\nann' }, expectedVersion: 1 },
    ])
    expect([await totalOf('ann@ex'), await totalOf('zoe@ex'), await totalOf('zo')]).toEqual([0, 1, 1])
    requireIndexed(handle)

    handle.exec(`update rollbook_users set search_text = 'max' || char(10) || 'ann' where id = 'ann'`)
    expect([await totalOf('zoe'), await totalOf('max')]).toEqual([0, 1])
    handle.exec(`delete from rollbook_users where id = 'ben'`)
    expect([await totalOf('ben'), (await storage.listUsers(aQuery({ total: 'exact' }))).total]).toEqual([0, 1])
    requireIndexed(handle)
  })

  test('has the users of one commit as they are at its end, whatever became of them and of others in it', async () => {
    const { handle, storage } = await storageOnHandle()
    const named = (id: string, name: string) => aUserRecord({ id, searchText: `${name}\n${id}@example.com\n${id}` })
    const [before, gone] = [named('before', 'early'), named('gone', 'early')]
    await storage.commit([insertUser(before), insertUser(gone)])
    const [ben, cid] = [named('ben', 'new'), named('cid', 'new')]
    await storage.commit([
      insertUser(ben),
      insertUser(cid),
      replaceUser(before, named('before', 'renamed')),
      replaceUser(ben, named('ben', 'renamed')),
      deleteUser(gone),
      deleteUser(cid),
      insertUser(named('dan', 'new')),
    ])
    requireIndexed(handle)
    const idsOf = async (match: string) => (await storage.listUsers({ ...aQuery(), match })).items.map(({ id }) => id)
    expect([await idsOf('early'), await idsOf('renamed'), await idsOf('new')]).toEqual([[], ['before', 'ben'], ['dan']])
  })

  test('gets the users of a transaction as one segment, and not as one each', async () => {
    const { handle, storage } = await storageOnHandle()
    // So few that nothing is merged yet.
    const users = ['ann', 'ben', 'cid'].map((id) => aUserRecord({ id }))
    await storage.commit(users.flatMap((user) => [insertUser(user), appendActivity(anEntry({ userId: user.id }))]))
    expect(handle.prepare('select count(distinct segid) from rollbook_users_search_idx').pluck().get()).toBe(1)
    requireIndexed(handle)
  })

  test('is as it was when a commit is refused', async () => {
    const { handle, storage } = await storageOnHandle()
    await storage.commit([insertUser(ann)])
    const ben = aUserRecord({ id: 'ben', searchText: 'refused\nben' })
    await expect(storage.commit([insertUser(ben), insertUser(ann)])).rejects.toThrow()
    const page = await storage.listUsers({ ...aQuery({ total: 'capped' }), match: 'refused' })
    expect(page).toEqual({ items: [], total: 0 })
    requireIndexed(handle)
  })

  test('is made for users who are there already', async () => {
    const handle = new Database(':memory:')
    const [first] = migrations
    handle.exec(
      `create table rollbook_migrations (id text primary key, applied_at integer not null, fold_version integer not null) without rowid`,
    )
    handle.exec(first?.up(sqliteDialect('rollbook_')) ?? '')
    handle.prepare('insert into rollbook_migrations values (?, 1, 1)').run(first?.id)
    const insert = handle.prepare(
      `insert into rollbook_users (id, email, email_key, email_verified, name, status, prefs, created_at, updated_at, search_text, version, session_epoch)
       values (:id, :id, :id, 0, '', 'active', '{}', 0, 0, :text, 1, 1)`,
    )
    for (let i = 0; i < 3000; i++) insert.run({ id: `u${i}`, text: `name ${i}\nu${i}` })
    const { storage } = await storageOnHandle(handle)
    expect((await storage.listUsers({ ...aQuery(), match: 'ame 2999' })).items.map(({ id }) => id)).toEqual(['u2999'])
    expect((await storage.listUsers(aQuery({ total: 'exact', offset: 2500, limit: 1 }))).items[0]?.id).toBe('u2500')
    requireIndexed(handle)
  })
})

test('any offset answers the same as a slice of all users, in both orders, whoever is missing [B-70]', async () => {
  const { storage } = await storageOnHandle()
  const users = Array.from({ length: 5000 }, (_, i) => aUserRecord({ id: `u${String(i).padStart(4, '0')}` }))
  await storage.commit(users.map(insertUser))
  // A whole block, the ends of others, and every seventh.
  const isGone = (i: number) => (i > 1000 && i < 2100) || i % 7 === 0
  await storage.commit(users.filter((_, i) => isGone(i)).map((user) => deleteUser(user)))
  const left = users.filter((_, i) => !isGone(i)).map(({ id }) => id)
  for (const order of ['oldest-first', 'newest-first'] as const) {
    const ids = order === 'oldest-first' ? left : left.toReversed()
    for (const offset of [0, 1, 850, 1023, 1024, 1025, 2000, 3000, left.length - 1, left.length, 10_000]) {
      const page = await storage.listUsers(aQuery({ order, offset, limit: 3, total: 'exact' }))
      expect(page.items.map(({ id }) => id)).toEqual(ids.slice(offset, offset + 3))
      expect(page.next !== undefined).toBe(offset + 3 < ids.length)
      expect(page.total).toBe(ids.length)
    }
  }
})
