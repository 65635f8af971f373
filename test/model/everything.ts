import type { ListQuery, Page } from '../../src/index.js'
import { comparable, outcomeOf } from './outcome.js'
import { chosenIds, type Seen } from './seen.js'
import type { AnySurface } from './surface.js'

/** All that can be seen: every user in both orders, their sessions and activity, and what each secret opens. */
export async function everything(users: AnySurface, seen: Seen): Promise<unknown> {
  const oldestFirst = await walked((query) => users.listUsers(query), 7)
  const newestFirst = await walked((query) => users.listUsers({ ...query, order: 'newest-first' }), 3)
  const ids = [...new Set([...seen.users, ...chosenIds])]
  return comparable({
    ids: newestFirst.map(({ id }) => id),
    users: oldestFirst,
    found: await each(ids, (id) => outcomeOf(() => users.getUser(id))),
    sessions: await each(ids, (id) => outcomeOf(() => walked((query) => users.getUserSessions(id, query), 100))),
    activity: await each(ids, (id) => outcomeOf(() => walked((query) => users.getUserLogs(id, query), 100))),
    opened: await each(seen.sessions, ({ secret }) => outcomeOf(() => users.verifyUserSession(secret))),
  })
}

async function walked<T>(list: (query: ListQuery) => Page<T> | Promise<Page<T>>, limit: number): Promise<T[]> {
  const items: T[] = []
  let after: string | undefined
  do {
    const page = await list({ limit, ...(after !== undefined && { after }) })
    items.push(...page.items)
    after = page.next
  } while (after !== undefined)
  return items
}

/** One after the other: what a verified session leaves must not depend on who was first. */
async function each<T, U>(items: readonly T[], look: (item: T) => Promise<U>): Promise<U[]> {
  const seen: U[] = []
  for (const item of items) seen.push(await look(item))
  return seen
}
