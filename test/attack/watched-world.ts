import { isDeepStrictEqual } from 'node:util'
import { memoryStorage } from '../../adapters/memory/index.js'
import { apiKeys } from '../../src/http/api-keys.js'
import type { UsersStorage } from '../../src/ports/storage.js'
import type { StartHttp } from '../../src/testing/http-contract/contract.js'
import { keptLogger } from '../../src/testing/http-contract/spies.js'
import { createTestUsers, insecureHasher } from '../../src/testing/index.js'

/** Passwords that are used nowhere else, so that they can be looked for. */
export const passwords = ['hidden-Pa55word-one', 'hidden-Pa55word-two', 'hidden-Pa55word-ünï']

/** Who a request comes from: the key, and what it may do. */
export const callers = {
  admin: { key: 'k3y-of-the-admin', scopes: ['users.read', 'users.write'] },
  reader: { key: 'k3y-of-the-reader', scopes: ['users.read'] },
  writer: { key: 'k3y-of-the-writer', scopes: ['users.write'] },
} as const

/** What an injected failure says: everything that nobody may see. */
export const failureText = `SELECT secret FROM rollbook_users; SQLITE_CORRUPT at /etc/shadow ${passwords[0]} $argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA`

/** Everything that is stored, less the activity, of which the number is told. */
interface State {
  readonly records: unknown
  readonly entries: number
}

/** A service behind a mount, with eyes on all that a request does. */
export interface WatchedWorld {
  readonly url: string
  /** The ids and secrets that were there at the start, by name. */
  readonly known: Readonly<Record<string, string>>
  /** Texts that no answer may hold. */
  readonly secrets: readonly string[]
  /** The calls of storage and hasher since the last reset, by name. */
  readonly calls: string[]
  state(): Promise<State>
  stop(): Promise<void>
}

/** Makes the storage fail at its calls of these numbers, counted from the end of the set-up. */
export type Failures = ReadonlySet<number>

export async function startWatched(start: StartHttp, failures: Failures = new Set()): Promise<WatchedWorld> {
  const storage = memoryStorage()
  const calls: string[] = []
  let count = Number.NEGATIVE_INFINITY
  const watch = <T extends object>(target: T, failing: boolean): T =>
    new Proxy(target, {
      get(_, name) {
        const method: unknown = Reflect.get(target, name)
        if (typeof method !== 'function' || name === 'close') return method
        return (...args: unknown[]) => {
          calls.push(String(name))
          if (failing && failures.has(count++)) return Promise.reject(new Error(failureText))
          return Reflect.apply(method, target, args)
        }
      },
    })
  const { users } = createTestUsers({ storage: watch(storage, true), passwords: watch(insecureHasher(), false) })
  const [password = ''] = passwords
  await users.createUser({ id: 'ada', email: 'ada@example.com', name: 'Ada Lovelace', password, prefs: { theme: 'x' } })
  await users.createUser({
    id: 'bob',
    email: 'bob_100%@example.com',
    status: 'blocked',
    prefs: { a: { b: [1, null] } },
  })
  await users.createUser({ id: 'e.v-e_1', email: 'eve@exämple.com', name: 'Éve 🦊', status: 'disabled', password })
  const by = { ip: '2001:db8::1', userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }
  const first = await users.createUserSession('ada', { by })
  const second = await users.createUserSession('ada')
  const { url, stop } = await start({
    users,
    authorize: apiKeys(Object.entries(callers).map(([name, caller]) => ({ name, ...caller }))),
    logger: keptLogger(),
  })
  count = 0
  const hashes = (await records(storage)).users.map(({ passwordHash }) => passwordHash)
  return {
    url,
    known: { session1: first.session.id, session2: second.session.id },
    secrets: [
      ...[...passwords, first.secret, second.secret, ...Object.values(callers).map(({ key }) => key)],
      ...hashes.filter((hash) => hash !== undefined),
    ],
    calls,
    async state() {
      const { entries, ...rest } = await records(storage)
      return { records: rest, entries }
    },
    async stop() {
      await stop()
      await users.close()
    },
  }
}

async function records(storage: UsersStorage) {
  const all = { limit: 100_000, offset: 0, total: 'none', order: 'oldest-first' } as const
  const [users, sessions, tombstones, activity] = await Promise.all([
    storage.listUsers(all),
    storage.walk('sessions', all),
    storage.walk('tombstones', all),
    storage.walk('activity', all),
  ])
  const entries = activity.items.length
  return { users: users.items, sessions: sessions.items, tombstones: tombstones.items, entries }
}

/** Answers whether two states hold the same, the activity aside. */
export function isSame(one: State, other: State): boolean {
  return isDeepStrictEqual(one.records, other.records)
}
