import { describe, expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import type { UsersStorage } from '../../src/index.js'
import { keptLogger } from '../../src/testing/http-contract/spies.js'
import { createTestUsers } from '../../src/testing/index.js'

const megabyte = 'x'.repeat(1024 * 1024)
const injections = [
  ...[
    '\r\nFAKE',
    '\n',
    '\r',
    '\x1b[31mred',
    '\u2028',
    '\u2029',
    '\u0085',
    '\0',
    '\x7f',
    '\u202egnp',
    '\ud800',
    '\udfff!',
  ],
  ...[megabyte, `${'\n'.repeat(1000)}x`, '😀'.repeat(600), '<script>', '%0d%0a', '{"a":1}'],
]
// Of these a line may hold all, for they end none: the rest is left out or refused.
const wicked = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u

/** One line, short, well-formed, and of nothing that a terminal obeys. */
function expectOneLine(text: string): void {
  expect(text.length).toBeLessThanOrEqual(512)
  expect(text.isWellFormed()).toBe(true)
  expect(wicked.test(text)).toBe(false)
}

describe.each<{ storage: string; make: () => UsersStorage }>([
  { storage: 'memory', make: memoryStorage },
  { storage: 'SQLite', make: () => sqliteStorage(':memory:') },
])('on $storage', ({ make }) => {
  test('no user agent, address, actor or event breaks a line of the activity or of a session [B-60]', async () => {
    const logger = keptLogger()
    const { users, events } = createTestUsers({ storage: make(), logger })
    await users.createUser({ id: 'ada', email: 'ada@example.com' })
    for (const text of injections) {
      const by = { userAgent: `Mozilla/5.0 ${text} (X11)`, ip: text }
      await users.updateUserStatus('ada', { status: 'disabled' }, { by })
      await users.updateUserStatus('ada', { status: 'active' }, { by: { ...by, ip: `1.2.3.4${text}` } })
      await users.createUserSession('ada', { by })
      await expect(
        users.signIn({ email: 'ada@example.com', password: 'hidden-Pa55word-one' }, { by }),
      ).rejects.toThrow()
      const refused = { code: 'invalid-input', path: 'event' }
      await expect(users.recordUserActivity('ada', { event: text })).rejects.toMatchObject(refused)
      await users.recordUserActivity('ada', { event: 'a.b' }, { by }).catch(() => undefined)
      if (wicked.test(text) || !text.isWellFormed() || text.length > 128) {
        const actor = users.deleteUserSessions('nobody', { by: { actor: text } })
        await expect(actor).rejects.toMatchObject({ code: 'invalid-input', path: 'by.actor' })
      }
    }
    const logs = (await users.getUserLogs('ada', { limit: 100 })).items
    const sessions = (await users.getUserSessions('ada', { limit: 100 })).items
    expect(logs.length).toBeGreaterThan(3 * injections.length)
    for (const entry of [...logs, ...sessions, ...events]) {
      expect([undefined, '1.2.3.4']).toContain(entry.ip)
      if (entry.userAgent !== undefined) expectOneLine(entry.userAgent)
    }
    expect(logger.told).toEqual([])
    await users.close()
  })
})

test('an address is kept in its one spelling, and a mapped one as the address it is [B-60]', async () => {
  const { users, events } = createTestUsers()
  await users.createUser({ id: 'ada', email: 'ada@example.com' })
  for (const ip of [
    '::ffff:1.2.3.4',
    '::FFFF:102:304',
    '1.2.3.4',
    '0:0:0:0:0:0:0:1',
    '::1',
    '2001:DB8:0::1',
    'fe80::1%eth0',
  ]) {
    await users.deleteUserSessions('ada', { by: { ip } })
  }
  const kept = events.slice(1).map(({ ip }) => ip)
  expect(kept).toEqual(['1.2.3.4', '1.2.3.4', '1.2.3.4', '::1', '::1', '2001:db8::1', 'fe80::1'])
})

test('what an error says of an input stays on one line, however it is written [B-60]', async () => {
  const { users } = createTestUsers()
  for (const text of injections) {
    const calls = [
      users.getUser(text),
      users.deleteUserSession('ada', text),
      users.createUser({ email: text }),
      users.createUser({ email: 'a@example.com', id: text }),
      users.createUser({ email: 'a@example.com', name: `${text}\n` }),
      users.updateUserPrefs('ada', { prefs: { [text]: { constructor: 1 } } }),
      users.listUsers(Object.fromEntries([[text, 1]])),
    ]
    for (const [result] of calls.map((call) => [Promise.allSettled([call])] as const)) {
      const [{ status, ...rest }] = await result
      if (status === 'fulfilled') continue
      const { message } = Object(Reflect.get(rest, 'reason'))
      expect(wicked.test(message)).toBe(false)
      expect(message.length).toBeLessThan(1000)
    }
  }
})
