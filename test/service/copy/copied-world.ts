import { memoryStorage } from '../../../adapters/memory/index.js'
import type { Page, UsersStorage, Walk } from '../../../src/index.js'
import { anEntry, aSession, aToken, at, aUserRecord } from '../../../src/testing/storage-contract/builders.js'
import {
  appendActivity,
  insertSession,
  insertToken,
  insertTombstone,
  insertUser,
} from '../../../src/testing/storage-contract/changes.js'

const ids = (letter: string, count: number) => Array.from({ length: count }, (_, n) => `${letter}${(n * 7919) % 10007}`)

/** Some steps of each kind: users in no order of their ids, with sessions and entries in turns, and entries of nobody. */
export async function copiedWorld(size = 1100): Promise<UsersStorage> {
  const storage = memoryStorage()
  const users = ids('u', size).map((id, n) => aUserRecord({ id, prefs: { n, deep: { list: [n] } }, createdAt: at(-n) }))
  const someone = (n: number) => users[(n * 31) % size]?.id ?? ''
  await storage.commit([
    ...users.map(insertUser),
    ...ids('s', size).map((id, n) =>
      insertSession(aSession({ id, userId: someone(n), sessionEpoch: n % 3, expiresAt: at(n % 2 ? -1 : 1) })),
    ),
    ...ids('k', size).map((id, n) => insertToken(aToken({ id, userId: someone(n), ...(n % 3 && { triesLeft: n }) }))),
    ...ids('e', size + 7).map((id, n) =>
      appendActivity(
        anEntry({ id, at: at(-n), ...(n % 4 && { userId: someone(n) }), ...(n % 5 === 0 && { ip: '::1' }) }),
      ),
    ),
    ...ids('t', size).map((id, n) => insertTombstone({ id, deletedAt: at(n), actor: n % 2 ? 'root' : undefined })),
  ])
  return storage
}

async function all<T>(list: (walk: Walk) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = []
  let after: string | undefined
  do {
    const page = await list({ limit: 100, ...(after !== undefined && { after }) })
    items.push(...page.items)
    after = page.next
  } while (after !== undefined)
  return items
}

/** Everything that a storage holds. */
export async function contents(storage: UsersStorage) {
  return {
    users: await all((walk) => storage.listUsers({ ...walk, offset: 0, order: 'oldest-first', total: 'none' })),
    sessions: await all((walk) => storage.walk('sessions', walk)),
    tokens: await all((walk) => storage.walk('tokens', walk)),
    activity: await all((walk) => storage.walk('activity', walk)),
    tombstones: await all((walk) => storage.walk('tombstones', walk)),
  }
}
