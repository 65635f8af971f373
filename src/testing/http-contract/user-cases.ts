import assert from 'node:assert/strict'
import { assertRefusal, assertSuccess, listIn, objectIn } from './answers.js'
import type { HttpCase } from './contract.js'
import { withWorld } from './world.js'

const listedKeys = ['$id', 'status', 'email', 'registration', 'emailVerification', 'name']

/** Creating, getting and listing users: what goes in and what comes out. */
export const userCases: readonly HttpCase[] = [
  {
    name: 'POST /users answers 201 with the user, not activated yet [B-15]',
    run: (start) =>
      withWorld(start, {}, async ({ send }) => {
        const json = { email: 'Ada@Example.com', password: 'correct horse', name: 'Ada Lovelace' }
        const user = objectIn(assertSuccess(await send('POST', '/users', { json }), 201))
        assert.deepEqual(Object.keys(user), [...listedKeys, 'roles'])
        assert.match(String(user['$id']), /^[A-Za-z0-9][A-Za-z0-9._-]{0,35}$/)
        assert.deepEqual(
          { ...user, $id: undefined },
          {
            $id: undefined,
            status: 0,
            email: 'Ada@Example.com',
            registration: 1767225600,
            emailVerification: false,
            name: 'Ada Lovelace',
            roles: [],
          },
        )
      }),
  },
  {
    name: 'a user without a name has the empty one',
    run: (start) =>
      withWorld(start, {}, async ({ send }) => {
        const sent = [{}, { name: '' }, { name: null }]
        for (const [index, name] of sent.entries()) {
          const json = { email: `user${index}@example.com`, password: 'correct horse', ...name }
          assert.equal(objectIn(assertSuccess(await send('POST', '/users', { json }), 201))['name'], '')
        }
      }),
  },
  {
    name: 'a user that POST /users created can sign in with the password once activated',
    run: (start) =>
      withWorld(start, {}, async ({ send, users }) => {
        const credentials = { email: 'ada@example.com', password: 'pässwörd 🔑' }
        const user = objectIn(assertSuccess(await send('POST', '/users', { json: credentials }), 201))
        await assert.rejects(users.signIn(credentials))
        assertSuccess(await send('PATCH', `/users/${user['$id']}/status`, { json: { status: 1 } }))
        assert.equal((await users.signIn(credentials)).user.id, user['$id'])
      }),
  },
  {
    name: 'GET /users/{userId} answers the user, with its status as a number [B-15]',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser, clock }) => {
        clock.advance(1999)
        for (const [number, status] of (['disabled', 'active', 'blocked'] as const).entries()) {
          const { id, email } = await newUser({ status, name: 'Zoë 🦊', emailVerified: true, prefs: { theme: 'dark' } })
          const user = objectIn(assertSuccess(await send('GET', `/users/${id}`)))
          const expected = { $id: id, status: number, email, registration: 1767225601, emailVerification: true }
          assert.deepEqual(user, { ...expected, name: 'Zoë 🦊', roles: [] })
          assert.deepEqual(Object.keys(user), [...listedKeys, 'roles'])
        }
      }),
  },
  {
    name: 'GET /users answers sum and users, which carry neither roles nor preferences [B-15]',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser }) => {
        const { id } = await newUser({ prefs: { theme: 'dark' } })
        const list = objectIn(assertSuccess(await send('GET', '/users')))
        assert.deepEqual(Object.keys(list), ['sum', 'users'])
        assert.equal(list['sum'], 1)
        const [user] = listIn(list['users'])
        assert.deepEqual(Object.keys(user ?? {}), listedKeys)
        assert.equal(user?.['$id'], id)
      }),
  },
  {
    name: 'an empty list of users is a sum of 0 and no users',
    run: (start) =>
      withWorld(start, {}, async ({ send }) => {
        assert.deepEqual(assertSuccess(await send('GET', '/users')), { sum: 0, users: [] })
      }),
  },
  {
    name: 'users are listed 25 at a time in the order of their registration, and sum counts all of them',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser }) => {
        const ids: unknown[] = []
        for (let count = 0; count < 27; count++) ids.push((await newUser()).id)
        const page = async (query: string) => {
          const list = objectIn(assertSuccess(await send('GET', `/users${query}`)))
          assert.equal(list['sum'], 27)
          return listIn(list['users']).map((user) => user['$id'])
        }
        assert.deepEqual(await page(''), ids.slice(0, 25))
        assert.deepEqual(await page('?search=&limit=25&offset=0&orderType=ASC'), ids.slice(0, 25))
        assert.deepEqual(await page('?limit=&offset=&orderType='), ids.slice(0, 25))
        assert.deepEqual(await page('?orderType=DESC&limit=3'), ids.slice(-3).reverse())
        assert.deepEqual(await page('?limit=2&offset=25'), ids.slice(25))
        assert.deepEqual(await page('?limit=100'), ids)
        assert.deepEqual(await page('?limit=0'), [])
        assert.deepEqual(await page('?offset=27'), [])
        assert.deepEqual(await page('?offset=5000'), [])
      }),
  },
  {
    name: 'a search finds a part of name, email or id, whatever its case, and sum counts what it finds [B-72]',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser }) => {
        const ada = await newUser({ email: 'ada@example.com', name: 'Ada Lovelace' })
        const zoe = await newUser({ email: 'z.o+e@example.org', name: 'Zoë 100%' })
        const found = async (search: string) => {
          const list = objectIn(assertSuccess(await send('GET', `/users?limit=1&search=${search}`)))
          return [list['sum'], ...listIn(list['users']).map((user) => user['$id'])]
        }
        assert.deepEqual(await found('LOVE'), [1, ada.id])
        assert.deepEqual(await found('ada+love'), [1, ada.id], 'a plus is a space in a query')
        assert.deepEqual(await found('example.org'), [1, zoe.id])
        assert.deepEqual(await found('o%2Be'), [1, zoe.id])
        assert.deepEqual(await found('zoe'), [1, zoe.id])
        assert.deepEqual(await found(zoe.id), [1, zoe.id])
        assert.deepEqual(await found('example'), [2, ada.id])
        assert.deepEqual(await found('100%25'), [1, zoe.id])
        for (const literal of ['%25', '_', '*', '%22', 'a%25b', '(', 'NOT+x', '%27;--', 'horse', 'insecure%24']) {
          const expected = literal === '%25' ? [1, zoe.id] : [0]
          assert.deepEqual(await found(literal), expected, literal)
        }
      }),
  },
  {
    name: 'an email that another user has, in any case, answers 409 and creates nobody',
    run: (start) =>
      withWorld(start, {}, async ({ send, users }) => {
        const json = { email: 'ada@example.com', password: 'correct horse' }
        assertSuccess(await send('POST', '/users', { json }), 201)
        for (const email of ['ada@example.com', 'ADA@example.COM']) {
          const answer = await send('POST', '/users', { json: { ...json, email } })
          assertRefusal(answer, 409, 'user_already_exists', 'User already registered')
        }
        assert.equal((await users.listUsers({ total: true })).total, 1)
      }),
  },
]
