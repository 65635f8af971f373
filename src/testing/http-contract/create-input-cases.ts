import assert from 'node:assert/strict'
import { assertInvalid, assertMissing, assertSuccess, objectIn } from './answers.js'
import type { HttpCase } from './contract.js'
import { spiedParts } from './spies.js'
import { withWorld } from './world.js'

const password = 'correct horse'
const emails = ['a@b.co', 'A+b@B.co', "o'x@b.co", 'a.b-c_d@sub.example.museum', 'a=b@example.com', 'user@ex--ample.com']
const longest = [`${'l'.repeat(64)}@b.co`, `${'l'.repeat(64)}@${'d'.repeat(63)}.${'d'.repeat(63)}.${'d'.repeat(57)}.co`]
const noEmails = [
  ...[
    '',
    ' ',
    'a',
    '@',
    'a@',
    '@b',
    '@b.co',
    'a@b',
    'a@@b.co',
    'a@b@c.co',
    'a b@b.co',
    'a@b.co,c@d.co',
    'a@b.co;c@d.co',
  ],
  ...[
    'x <a@b.co>',
    '<a@b.co>',
    ' a@b.co',
    'a@b.co ',
    'a@b.co\n',
    'a@b.co\r\nBcc: x',
    'a\0@b.co',
    '"a@b.co"',
    '"a b"@b.co',
  ],
  ...['a@-b.co', 'a@b-.co', 'a@b..co', 'a@.b.co', 'a@b.co.', '.a@b.co', 'a.@b.co', 'a..b@b.co', 'a@b_c.co'],
  ...['a@[127.0.0.1]', 'a@127.0.0.1', 'a@b.1', `${'l'.repeat(65)}@b.co`, `a@${'d'.repeat(64)}.co`],
  ...[
    'mi\u212ae@example.org',
    'ü@b.co',
    'admin\uff20b.co',
    'a\ufe6bb.co',
    'a@b\u3002co',
    'a@b\uff0eco',
    'a\u200b@b.co',
    'a@b\u200d.co',
  ],
  ...[
    '\ufeffa@b.co',
    '\u202ea@b.co',
    'a\u00ad@b.co',
    'a@b\u00ad.co',
    '\ud800@b.co',
    'mailto:a@b.co@',
    `${'a.'.repeat(50_000)}@b.co`,
  ],
  ...['a'.repeat(100_000), `${'@'.repeat(50_000)}`],
]

/** What a new user may be. */
export const createInputCases: readonly HttpCase[] = [
  {
    name: 'a required field that is missing or null is named, the email before the password',
    run: (start) =>
      withWorld(start, {}, async ({ send }) => {
        for (const json of [{}, { password }, { email: null, password }]) {
          assertMissing(await send('POST', '/users', { json }), 'email')
        }
        for (const json of [{ email: 'a@b.co' }, { email: 'a@b.co', password: null }, { email: '', name: 1 }]) {
          assertMissing(await send('POST', '/users', { json }), 'password')
        }
      }),
  },
  {
    name: 'an email is one plain address, kept as it was typed [B-29]',
    run: async (start) => {
      const { calls, ...service } = spiedParts()
      await withWorld(start, { service }, async ({ send }) => {
        for (const email of [...noEmails, 1, true, {}, [], ['a@b.co'], { email: 'a@b.co' }]) {
          const answer = await send('POST', '/users', { json: { email, password } })
          assertInvalid(answer, 'email')
          assert.ok(answer.text.length < 300, 'a refusal does not repeat what was sent')
        }
        assert.deepEqual(calls, [])
        for (const email of [...emails, ...longest]) {
          const answer = await send('POST', '/users', { json: { email, password } })
          assert.equal(objectIn(assertSuccess(answer, 201))['email'], email)
        }
      })
    },
  },
  {
    name: 'a password has 8 to 256 characters, and a refusal does not repeat it [B-28, B-34a, B-35]',
    run: async (start) => {
      const { calls, ...service } = spiedParts()
      await withWorld(start, { service }, async ({ send }) => {
        const wrong = [
          '',
          'hunter2',
          '🔑'.repeat(7),
          'x'.repeat(257),
          '🔑'.repeat(257),
          'hunter2!\ud800',
          'x'.repeat(100_000),
        ]
        for (const refused of [...wrong, 12345678, true, {}, [], ['hunter2hunter2']]) {
          const answer = await send('POST', '/users', { json: { email: 'a@b.co', password: refused } })
          assertInvalid(answer, 'password')
          assert.doesNotMatch(answer.text, /hunter2|xxx|🔑|12345678/)
        }
        assert.deepEqual(calls, [])
        const good = ['password', '        ', '🔑'.repeat(8), 'x'.repeat(256), '🔑'.repeat(256), 'null\0null']
        for (const [index, accepted] of good.entries()) {
          const json = { email: `user${index}@example.com`, password: accepted }
          assertSuccess(await send('POST', '/users', { json }), 201)
        }
      })
    },
  },
  {
    name: 'a name is one printable line of at most 128 characters, kept as it was typed [B-27, B-28, B-34]',
    run: (start) =>
      withWorld(start, {}, async ({ send }) => {
        const wrong = [
          'x'.repeat(129),
          '🦊'.repeat(129),
          'a\nb',
          'a\r',
          'a\tb',
          '\0',
          '\x1b[31m',
          '\u2028',
          '\u202eabc',
          '\ud800',
        ]
        for (const name of [...wrong, 1, true, {}, [], ['x']]) {
          assertInvalid(await send('POST', '/users', { json: { email: 'a@b.co', password, name } }), 'name')
        }
        const good = [
          'x'.repeat(128),
          '🦊'.repeat(128),
          '<script>alert(1)</script>',
          "Robert'); --",
          ' a ',
          '李小龍',
          '\\',
        ]
        for (const [index, name] of good.entries()) {
          const answer = await send('POST', '/users', { json: { email: `user${index}@example.com`, password, name } })
          assert.equal(objectIn(assertSuccess(answer, 201))['name'], name)
        }
      }),
  },
]
