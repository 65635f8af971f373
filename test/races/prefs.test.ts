import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { createTestUsers } from '../../src/testing/index.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rollbook-prefs-'))
})
afterAll(() => rm(folder, { recursive: true }))

test.each([
  { storage: 'memory', make: memoryStorage },
  { storage: 'an SQLite file', make: () => sqliteStorage(path.join(folder, 'one.db')) },
])('50 merges at once on one user keep all 50 settings: $storage [B-68]', async ({ make }) => {
  const { users, events } = createTestUsers({ storage: make() })
  const { id } = await users.createUser({ email: 'ada@example.com', prefs: { first: true } })
  const merges = Array.from({ length: 50 }, (_, n) => users.updateUserPrefs(id, { prefs: { [`k${n}`]: n } }))
  await Promise.all(merges)
  const expected = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`k${n}`, n]))
  expect(await users.getUserPrefs(id)).toEqual({ first: true, ...expected })
  expect(events.filter(({ event }) => event === 'user.prefs-updated')).toHaveLength(50)
  await users.close()
})

test('two writers of one setting leave the value of one of them, whole [B-68]', async () => {
  const { users } = createTestUsers()
  const { id } = await users.createUser({ email: 'ada@example.com' })
  const values = Array.from({ length: 20 }, (_, n) => ({ n, same: n }))
  await Promise.all(values.map((value) => users.updateUserPrefs(id, { prefs: { value } })))
  expect(values).toContainEqual((await users.getUserPrefs(id))['value'])
})

test('merges of 4 processes at once on one user of one file keep every setting [B-68]', async () => {
  const database = path.join(folder, 'shared.db')
  const { users } = createTestUsers({ storage: sqliteStorage(database) })
  const { id } = await users.createUser({ email: 'ada@example.com' })
  const fixture = path.join(import.meta.dirname, '../processes/merge-prefs.mjs')
  const children = ['a', 'b', 'c', 'd'].map((prefix) => fork(fixture, [database, id, prefix, '50'], { execArgv: [] }))
  const exits = children.map((child) => once(child, 'exit'))
  await Promise.all(children.map((child) => once(child, 'message')))
  for (const child of children) child.send('go')
  expect((await Promise.all(exits)).map(([code]) => code)).toEqual([0, 0, 0, 0])
  expect(Object.keys(await users.getUserPrefs(id))).toHaveLength(200)
  const logs = await users.getUserLogs(id, { limit: 0, total: true })
  expect(logs.total).toBe(201)
  await users.close()
})
