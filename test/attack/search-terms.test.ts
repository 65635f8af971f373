import { describe, expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import type { UsersStorage } from '../../src/index.js'
import { assertSuccess, listIn, objectIn } from '../../src/testing/http-contract/answers.js'
import { withWorld } from '../../src/testing/http-contract/world.js'
import { mounts } from '../http/mounts.js'
import { hostileTexts } from './hostile-values.js'

const names = [
  'a_b',
  'axb',
  '100%',
  '100 percent',
  'a\\',
  'C:\\dir',
  '[a]',
  'what*',
  'why?',
  'alice OR bob',
  'NEAR(x',
  'É',
  "O'x",
]
const literal = [
  '%',
  '_',
  '\\',
  'a\\',
  '100%',
  '[a]',
  '*',
  '?',
  'a_b',
  "'",
  'OR',
  'NEAR(',
  '(',
  'é',
  'É',
  'alice or',
  'x',
  ' ',
  '  ',
]
const plain = mounts.filter(({ name }) => /^(?:Express 5|Koa 3) at the root, before/.test(name))

describe.each(plain)('$name', ({ start }) => {
  describe.each<{ storage: string; make: () => UsersStorage }>([
    { storage: 'memory', make: memoryStorage },
    { storage: 'SQLite', make: () => sqliteStorage(':memory:') },
  ])('over $storage', ({ make }) => {
    test('a search is a literal text, whatever a database would read in it [B-72, B-73, B-74]', () =>
      withWorld(start, { service: { storage: make() } }, async ({ send, newUser }) => {
        for (const [index, name] of names.entries())
          await newUser({ id: `id${index}`, email: `e${index}@q.test`, name })
        const texts = names.map((name, index) =>
          [name, `e${index}@q.test`, `id${index}`].map((part) => part.toLowerCase()),
        )
        for (const term of literal) {
          const found = objectIn(assertSuccess(await send('GET', `/users?search=${encodeURIComponent(term)}`)))
          const folded = term.toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '')
          const expected = names.filter((_, index) =>
            texts[index]?.some((part) => part.normalize('NFKD').replaceAll(/\p{M}/gu, '').includes(folded)),
          )
          expect(
            listIn(found['users']).map(({ name }) => name),
            JSON.stringify(term),
          ).toEqual(expected)
          expect(found['sum']).toBe(expected.length)
        }
      }))

    test('no search term whatever is an error, or finds more than the terms of a text [B-73, B-75]', () =>
      withWorld(start, { service: { storage: make() } }, async ({ send, newUser }) => {
        await newUser({ id: 'ada', email: 'ada@q.test', name: 'Ada' })
        for (const term of hostileTexts) {
          const { status, body } = await send('GET', `/users?search=${encodeURIComponent(term.toWellFormed())}`)
          expect([200, 400], JSON.stringify(term)).toContain(status)
          if (status === 400) expect(objectIn(body)['message']).toMatch(/^Invalid search: /)
        }
      }))

    test('a search looks at name, email and id alone: never at a hash, a secret or the preferences [B-76]', () =>
      withWorld(start, { service: { storage: make() } }, async ({ send, newUser, users }) => {
        const { id } = await newUser({ prefs: { theme: 'midnight' } })
        const { secret, session } = await users.createUserSession(id, {
          by: { userAgent: 'curl/8', ip: '203.0.113.9' },
        })
        const hidden = [
          'argon2',
          '$argon2id',
          'insecure',
          'insecure$',
          'midnight',
          'theme',
          'horse',
          'active',
          'curl',
          '203.0',
        ]
        for (const term of [...hidden, secret, secret.slice(0, 6), session.id, 'created', 'null', '2026']) {
          const found = objectIn(assertSuccess(await send('GET', `/users?search=${encodeURIComponent(term)}`)))
          expect(found, term).toEqual({ sum: 0, users: [] })
        }
      }))
  })
})
