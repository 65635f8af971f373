import { expect, test } from 'vitest'
import { spiedParts } from '../../src/testing/http-contract/spies.js'
import { createTestUsers } from '../../src/testing/index.js'

const length = 100_000
const long = (piece: string) => piece.repeat(length / piece.length)
const texts = [
  ...[
    'a',
    'A',
    '@',
    '.',
    'a.',
    'a@',
    '-',
    'a-',
    ' ',
    '\n',
    '\0',
    '\t',
    '0',
    '1.',
    ':',
    '::',
    '%',
    '/',
    '\\',
    '"',
    "'",
    '(',
    '[',
    '{',
  ],
  ...[
    'é',
    'e\u0301',
    '\u0301',
    '😀',
    '\ud800',
    '\u200b',
    '\u202e',
    'ß',
    'İ',
    '_',
    '$',
    'xn--',
    'a@b.',
    '.com',
    '1:',
    'f:',
  ],
].map(long)

// Each takes a text where a text is expected. The rest of its input is right.
const fields: readonly (readonly [
  field: string,
  call: (users: ReturnType<typeof createTestUsers>['users'], text: string) => Promise<unknown>,
])[] = [
  ['email', (users, text) => users.createUser({ email: text })],
  ['the local part of an email', (users, text) => users.createUser({ email: `${text}@example.com` })],
  ['the domain of an email', (users, text) => users.createUser({ email: `a@${text}` })],
  ['password', (users, text) => users.createUser({ email: 'a@example.com', password: text })],
  ['name', (users, text) => users.createUser({ email: 'a@example.com', name: text })],
  ['id', (users, text) => users.createUser({ email: 'a@example.com', id: text })],
  ['a setting', (users, text) => users.createUser({ email: 'a@example.com', prefs: { [text]: text } })],
  ['userId', (users, text) => users.getUser(text)],
  ['sessionId', (users, text) => users.deleteUserSession('ada', text)],
  ['search', (users, text) => users.listUsers({ search: text })],
  ['after', (users, text) => users.listUsers({ after: text })],
  ['an email to sign in', (users, text) => users.signIn({ email: text, password: 'hidden-Pa55word-one' })],
  ['a password to sign in', (users, text) => users.signIn({ email: 'a@example.com', password: text })],
  ['secret', (users, text) => users.verifyUserSession(text)],
  ['event', (users, text) => users.recordUserActivity('ada', { event: text })],
  ['details', (users, text) => users.recordUserActivity('ada', { event: 'a', details: { a: text } })],
  ['actor', (users, text) => users.deleteUserSessions('ada', { by: { actor: text } })],
]

test.each(fields)('%s of 100 KB is refused at once, before anything is hashed [B-35, B-116]', async (_, call) => {
  const { calls, ...parts } = spiedParts()
  const { users } = createTestUsers(parts)
  const before = process.cpuUsage()
  for (const text of texts) await expect(call(users, text)).rejects.toThrow()
  // Some milliseconds each, the machinery of the test included.
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(50 * texts.length)
  expect(calls.filter((name) => name !== 'findUser' && name !== 'commit')).toEqual([])
})

test('an address and a user agent of 100 KB are cut, and read in time, when they are shown [B-60, B-116]', async () => {
  const { users } = createTestUsers()
  await users.createUser({ id: 'ada', email: 'ada@example.com' })
  const before = process.cpuUsage()
  for (const text of texts)
    await users.deleteUserSessions('ada', { by: { ip: text, userAgent: `Mozilla/5.0 (${text}` } })
  const logs = await users.getUserLogs('ada', { limit: 100 })
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(50 * texts.length)
  for (const { ip, userAgent = '' } of logs.items) expect([ip, userAgent.length <= 512]).toEqual([undefined, true])
})
