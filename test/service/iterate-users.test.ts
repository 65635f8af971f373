import { describe, expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import type { IterateUsersQuery, UsersService, UsersStorage } from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'

const loose = (value: unknown) => value as never
const orders = ['oldest-first', 'newest-first'] as const

async function create(users: UsersService, ids: readonly string[]): Promise<void> {
  for (const id of ids) await users.createUser({ id, email: `${id}@example.com`, name: id })
}

function numbered(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, n) => `${letter}${String(n).padStart(3, '0')}`)
}

async function walked(users: UsersService, query?: IterateUsersQuery, between = async (_: string) => {}) {
  const ids: string[] = []
  for await (const { id } of users.iterateUsers(query)) {
    ids.push(id)
    await between(id)
  }
  return ids
}

/** A storage that notes which pages are read. */
function noting(storage: UsersStorage) {
  const limits: number[] = []
  const noted: UsersStorage = {
    ...storage,
    listUsers(query) {
      limits.push(query.limit)
      return storage.listUsers(query)
    },
  }
  return { storage: noted, limits }
}

describe.each<{ storage: string; make: () => UsersStorage }>([
  { storage: 'memory', make: memoryStorage },
  { storage: 'SQLite', make: () => sqliteStorage(':memory:') },
])('iterateUsers on $storage', ({ make }) => {
  test('yields every user once, in both orders, whatever the size of the pages', async () => {
    const { users } = createTestUsers({ storage: make() })
    const ids = numbered('u', 230)
    await create(users, ids)
    for (const pageSize of [1, 7, 100]) {
      expect(await walked(users, { pageSize })).toEqual(ids)
      expect(await walked(users, { pageSize, order: 'newest-first' })).toEqual(ids.toReversed())
    }
    expect(await walked(users)).toEqual(ids)
  })

  test('yields users as getUser shows them', async () => {
    const { users } = createTestUsers({ storage: make() })
    await create(users, ['ada'])
    const { value } = await users.iterateUsers().next()
    expect(value).toEqual(await users.getUser('ada'))
  })

  test('yields those alone whom a search finds', async () => {
    const { users } = createTestUsers({ storage: make() })
    await create(users, [...numbered('odd', 20), ...numbered('even', 20)])
    expect(await walked(users, { search: 'ÉVEN', pageSize: 3 })).toEqual(numbered('even', 20))
    expect(await walked(users, { search: 'nobody' })).toEqual([])
    expect(await walked(users, { search: '\u0301' })).toEqual([])
  })

  test.each(orders)(
    'whoever was there before and stays comes exactly once, whoever comes and goes: %s',
    async (order) => {
      const { users } = createTestUsers({ storage: make() })
      const [staying, leaving] = [numbered('stay', 60), numbered('leave', 60)]
      for (const [index, id] of staying.entries()) await create(users, [id, leaving[index] ?? ''])
      const gone = [...leaving]
      let added = 0
      const ids = await walked(users, { order, pageSize: 7 }, async () => {
        if (added < 90) await create(users, [`new${added++}`])
        // From both ends and the middle in turns: those already met, and those still to come.
        const [victim] = gone.splice((added * 17) % Math.max(1, gone.length), 1)
        if (victim !== undefined) await users.deleteUser(victim)
      })
      const stayed = ids.filter((id) => id.startsWith('stay'))
      expect(stayed).toEqual(order === 'oldest-first' ? staying : staying.toReversed())
      expect(new Set(ids).size).toBe(ids.length)
    },
  )

  test('two walks at once do not disturb each other', async () => {
    const { users } = createTestUsers({ storage: make() })
    const ids = numbered('u', 50)
    await create(users, ids)
    const both = await Promise.all([walked(users, { pageSize: 3 }), walked(users, { pageSize: 4 })])
    expect(both).toEqual([ids, ids])
  })

  test('lets other work run between two pages', async () => {
    const { users } = createTestUsers({ storage: make() })
    await create(users, numbered('u', 20))
    let turns = 0
    const count = () => {
      turns++
      if (turns < 1000) setImmediate(count)
    }
    setImmediate(count)
    await walked(users, { pageSize: 2 })
    expect(turns).toBeGreaterThanOrEqual(9)
  })
})

test('a page is read when its first user is asked for, and none after a break', async () => {
  const { storage, limits } = noting(memoryStorage())
  const { users } = createTestUsers({ storage })
  await create(users, numbered('u', 10))
  const walk = users.iterateUsers({ pageSize: 4 })
  expect(limits).toEqual([])
  for await (const { id } of walk) if (id === 'u004') break
  expect(limits).toEqual([4, 4])
  await expect(walk.next()).resolves.toEqual({ done: true, value: undefined })
  expect(limits).toEqual([4, 4])
})

test('no page holds more than a hundred users unless it is asked for fewer', async () => {
  const { storage, limits } = noting(memoryStorage())
  const { users } = createTestUsers({ storage })
  await create(users, numbered('u', 101))
  await walked(users)
  expect(limits).toEqual([100, 100])
})

test('an abort stops a walk before the next user, and no page is read after it', async () => {
  const { storage, limits } = noting(memoryStorage())
  const { users } = createTestUsers({ storage })
  await create(users, numbered('u', 10))
  const controller = new AbortController()
  const reason = new Error('enough')
  const met: string[] = []
  const walk = async () => {
    for await (const { id } of users.iterateUsers({ pageSize: 4 }, { signal: controller.signal })) {
      met.push(id)
      if (id === 'u001') controller.abort(reason)
    }
  }
  await expect(walk()).rejects.toBe(reason)
  expect(met).toEqual(['u000', 'u001'])
  expect(limits).toEqual([4])
})

test('an abort between two pages stops a walk before the next page', async () => {
  const { storage, limits } = noting(memoryStorage())
  const { users } = createTestUsers({ storage })
  await create(users, numbered('u', 10))
  const controller = new AbortController()
  const walk = users.iterateUsers({ pageSize: 2 }, { signal: controller.signal })
  await walk.next()
  await walk.next()
  controller.abort(new Error('enough'))
  await expect(walk.next()).rejects.toThrow('enough')
  expect(limits).toEqual([2])
})

test.each([
  ['pageSize', { pageSize: 0 }],
  ['pageSize', { pageSize: 101 }],
  ['pageSize', { pageSize: 1.5 }],
  ['pageSize', { pageSize: '10' }],
  ['search', { search: 'a\nb' }],
  ['search', { search: 'x'.repeat(257) }],
  ['order', { order: 'by-name' }],
  ['limit', { limit: 10 }],
  ['signal', { signal: new AbortController().signal }],
])('the call itself refuses a wrong %s, before any step: %j', (path, query) => {
  const { users } = createTestUsers()
  const call = () => users.iterateUsers(loose(query))
  expect(call).toThrow(expect.objectContaining({ code: 'invalid-input', path }))
})

test('a storage that fails in the middle of a walk ends it with its error', async () => {
  const storage = memoryStorage()
  let pages = 0
  const { users } = createTestUsers({
    storage: {
      ...storage,
      async listUsers(query) {
        if (++pages === 2) throw new Error('disk')
        return storage.listUsers(query)
      },
    },
  })
  await create(users, numbered('u', 10))
  await expect(walked(users, { pageSize: 4 })).rejects.toThrow('disk')
})
