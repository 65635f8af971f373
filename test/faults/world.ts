import { hashSessionSecret } from '../../src/domain/session.js'
import type { Change, PasswordHasher, UserRecord, UsersStorage } from '../../src/index.js'
import { createTestUsers, insecureHasher } from '../../src/testing/index.js'
import { anEntry, aSession, at, aUserRecord } from '../../src/testing/storage-contract/builders.js'
import {
  appendActivity,
  insertSession,
  insertTombstone,
  insertUser,
} from '../../src/testing/storage-contract/changes.js'

const hourMs = 60 * 60 * 1000
const password = 'correct horse'
const hash = await insecureHasher().hash(password)

/** The credentials of ada, and of ben, whose hash is one of older parameters. */
export const ada = { email: 'ada@example.com', password }
export const ben = { email: 'ben@example.com', password }
/** The secrets of ada's two sessions, the older first. */
export const [older, newer] = ['A'.repeat(43), 'B'.repeat(43)] as const

const withPassword = (id: string, passwordHash: string): UserRecord =>
  aUserRecord({ id, name: `the ${id}`, prefs: { theme: 'dark' }, passwordHash, passwordUpdatedAt: at(-hourMs) })

/** Of each kind of record some that an operation changes, and some that it must leave alone. */
export const worldBefore: readonly Change[] = [
  ...[withPassword('ada', hash), withPassword('ben', `old ${hash}`), aUserRecord({ id: 'cy', status: 'blocked' })].map(
    insertUser,
  ),
  ...[older, newer].map((secret, index) =>
    insertSession(
      aSession({ id: `s${index}`, userId: 'ada', secretHash: hashSessionSecret(secret), usedAt: at(-hourMs) }),
    ),
  ),
  insertSession(aSession({ id: 'expired', userId: 'ben', expiresAt: at(-hourMs) })),
  ...['ada', 'ben', undefined].map((userId, index) =>
    appendActivity(anEntry({ id: `e${index}`, at: at(-index * hourMs), ...(userId && { userId }) })),
  ),
  insertTombstone({ id: 'gone', deletedAt: at(-hourMs), actor: 'root' }),
]

/** The same and more, for a copy that was begun. */
export const worldToCopy: readonly Change[] = [
  ...worldBefore,
  insertUser(aUserRecord({ id: 'dot' })),
  insertSession(aSession({ id: 's9', userId: 'dot' })),
  appendActivity(anEntry({ id: 'e9', userId: 'dot' })),
  insertTombstone({ id: 'gone too', deletedAt: at(0), actor: undefined }),
]

export type World = ReturnType<typeof serviceOver>

/** A service whose ids and times are the same each time. */
export function serviceOver(storage: UsersStorage) {
  const { hasher, work } = countingHasher()
  const logged: unknown[] = []
  const world = createTestUsers({
    storage,
    passwords: hasher,
    sessions: { idleTimeoutMs: 24 * hourMs, maxPerUser: 2 },
    logger: { warn: (parts) => logged.push(parts), error: (parts) => logged.push(parts) },
  })
  return { ...world, storage, logged, work }
}

/** Knows hashes of older parameters, and counts what is slow in the real ones. */
function countingHasher(): { hasher: PasswordHasher; work: { hashes: number } } {
  const inner = insecureHasher()
  const work = { hashes: 0 }
  return {
    work,
    hasher: {
      hash(text) {
        work.hashes++
        return inner.hash(text)
      },
      verify: (known, text) => inner.verify(known.replace('old ', ''), text),
      needsRehash: (known) => known.startsWith('old '),
    },
  }
}

/** What no error may show. */
export const secrets = [password, older, newer, hash.slice(10), hashSessionSecret(older), hashSessionSecret(newer)]
