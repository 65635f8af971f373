import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ListQuery, Page } from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'
import { type Ground, kinds, openedOn } from '../model/storages.js'

type WithId = { readonly id: string }

/** The ids of a list that is walked by this many at once. */
async function walked(limit: number, pageAt: (query: ListQuery) => Promise<Page<WithId>>): Promise<string[]> {
  const ids: string[] = []
  let page = await pageAt({ limit })
  for (;;) {
    expect(page.items.length).toBeLessThanOrEqual(limit)
    ids.push(...page.items.map(({ id }) => id))
    if (page.next === undefined) return ids
    page = await pageAt({ limit, after: page.next })
  }
}

describe.each(kinds)('on $storage', ({ ground: makeGround }) => {
  let ground: Ground
  beforeAll(async () => {
    ground = await makeGround()
  })
  afterAll(() => ground.close())

  async function setUp() {
    const storage = await openedOn(ground)
    return createTestUsers({ storage })
  }

  test('250 users of one millisecond are walked by 7 in both orders, each exactly once [B-71]', async () => {
    const { users } = await setUp()
    const ids: string[] = []
    for (let n = 0; n < 250; n++) ids.push((await users.createUser({ email: `${n}@example.com` })).id)
    expect(await walked(7, (query) => users.listUsers(query))).toEqual(ids)
    expect(await walked(7, (query) => users.listUsers({ ...query, order: 'newest-first' }))).toEqual(ids.toReversed())
    expect(await users.listUsers({ search: '@example.com', limit: 7, total: true })).toMatchObject({ total: 250 })
  })

  test('1,000 entries of one millisecond are walked newest first, each exactly once [B-63]', async () => {
    const { users, events } = await setUp()
    await users.createUser({ email: 'ada@example.com', id: 'ada' })
    const entries = Array.from({ length: 999 }, () => users.recordUserActivity('ada', { event: 'tea.made' }))
    await Promise.all(entries)
    const ids = await walked(33, (query) => users.getUserLogs('ada', query))
    expect(ids.toSorted()).toEqual(events.map(({ id }) => id).toSorted())
    expect(ids.at(-1)).toBe(events[0]?.id)
    expect(await users.getUserLogs('ada', { limit: 1, total: true })).toMatchObject({ total: 1000 })
  })
})
