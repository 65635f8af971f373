import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { argon2id, createUsersService, type UsersService } from '../../src/index.js'
import { insecureHasher } from '../../src/testing/index.js'

/** What wait in every queue that there is: for a hash, for a user's turn, and for the storage. */
function manyCallsOf(users: UsersService): Promise<unknown>[] {
  return Array.from({ length: 500 }, (_, n) => [
    users.createUser({ email: `u${n}@example.com`, password: 'correct horse' }),
    users.updateUserPrefs('ada', { prefs: { [`k${n % 50}`]: n } }),
    users.recordUserActivity('ada', { event: 'tea.made' }),
    users.signIn({ email: 'ada@example.com', password: 'correct horse' }),
  ]).flat()
}

/** Counts how they have ended, without waiting for any. */
function ended(calls: readonly Promise<unknown>[]): Record<string, number> {
  const counts: Record<string, number> = {}
  const count = (end: string) => {
    counts[end] = (counts[end] ?? 0) + 1
  }
  for (const call of calls) {
    call.then(
      () => count('done'),
      ({ code }) => count(String(code)),
    )
  }
  return counts
}

const total = (counts: Record<string, number>) => Object.values(counts).reduce((sum, n) => sum + n, 0)

test('2,000 callers that wait when the service is closed have all been answered when it is closed [B-118]', async () => {
  // Some do not find room in the queue of real hashes, and hear of it.
  const users = createUsersService({
    storage: memoryStorage(),
    passwords: argon2id(),
    hashing: { maxWaiting: 20 },
    closeTimeoutMs: 60_000,
  })
  await users.createUser({ id: 'ada', email: 'ada@example.com', password: 'correct horse' })
  const counts = ended(manyCallsOf(users))
  await users.close()
  expect(total(counts)).toBe(2000)
  expect(Object.keys(counts).toSorted()).toEqual(['done', 'too-busy'])
  expect(counts['done']).toBeGreaterThan(1000)
})

test('so have those that wait for a lock which nobody lets go of: they are told, and none is left out [B-118]', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollbook-close-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'users.db')
  const users = createUsersService({
    storage: sqliteStorage(file),
    passwords: insecureHasher(),
    closeTimeoutMs: 60_000,
  })
  await users.createUser({ id: 'ada', email: 'ada@example.com', password: 'correct horse' })
  const other = new Database(file)
  onTestFinished(() => void other.close())
  other.exec('begin immediate')
  const counts = ended(manyCallsOf(users))
  await users.close()
  expect(counts).toEqual({ 'write-contention': 2000 })
})
