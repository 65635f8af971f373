import { describe, expect, test } from 'vitest'
import { version } from '../../../../src/domain/version.js'
import type { Sdk } from './sdk.js'
import { frameworks, withSdk } from './sdk-world.js'

const mac =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/80.0.3987.132 Safari/537.36'
const phone =
  'Mozilla/5.0 (Linux; Android 13; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/112.0.0.0 Mobile Safari/537.36'
const id = expect.stringMatching(/^[0-9a-z]{20}$/)
const time = expect.closeTo(Date.now() / 1000, -3)

/** Registers what every official SDK must be able to do, unmodified. */
export function sdkLaws(sdk: Sdk): void {
  for (const framework of frameworks) {
    describe(framework, () => {
      test('creates, gets and lists users', () =>
        withSdk(framework, sdk, async ({ sdk: client }) => {
          const user = { $id: id, status: 0, email: 'email@example.com', registration: time, emailVerification: false }
          const created = await client.create('email@example.com', 'password')
          expect(created).toEqual({ ...user, name: '', roles: [] })
          const named = await client.create('ada@example.com', 'password', 'Ada Lovelace & Söhne')
          expect(named).toMatchObject({ name: 'Ada Lovelace & Söhne' })
          expect(await client.get(idOf(created))).toEqual(created)
          expect(await client.list()).toEqual({ sum: 2, users: [created, named].map(withoutRoles) })
          expect(await client.list('söhne', 10, 0, 'DESC')).toEqual({ sum: 1, users: [withoutRoles(named)] })
          expect(await client.list('', 1, 1, 'DESC')).toEqual({ sum: 2, users: [withoutRoles(created)] })
          expect(await client.list('nobody & nothing')).toEqual({ sum: 0, users: [] })
        }))

      test('activates and blocks a user, and the block ends the sessions at once', () =>
        withSdk(framework, sdk, async ({ sdk: client, users }) => {
          const userId = idOf(await client.create('email@example.com', 'password'))
          expect(await client.updateStatus(userId, '1')).toMatchObject({ $id: userId, status: 1, roles: [] })
          const { secret } = await users.signIn({ email: 'email@example.com', password: 'password' })
          await users.verifyUserSession(secret)
          expect(await client.updateStatus(userId, 2)).toMatchObject({ status: 2 })
          await expect(users.verifyUserSession(secret)).rejects.toMatchObject({ code: 'invalid-session' })
          expect(await client.getSessions(userId)).toEqual([])
          const { items } = await users.getUserLogs(userId, { limit: 1 })
          expect(items).toMatchObject([
            { event: 'user.status-updated', actor: 'console', details: { status: 'blocked' } },
          ])
        }))

      test('merges preferences given as an object or as a string', () =>
        withSdk(framework, sdk, async ({ sdk: client }) => {
          const userId = idOf(await client.create('email@example.com', 'password'))
          expect(await client.getPrefs(userId)).toEqual({})
          expect(await client.updatePrefs(userId, '{}')).toEqual({})
          expect(await client.updatePrefs(userId, '{"theme":"dark","tabs":2}')).toEqual({ theme: 'dark', tabs: 2 })
          const all = { theme: 'dark', tabs: 4, languages: ['de', 'el'] }
          expect(await client.updatePrefs(userId, { tabs: 4, languages: ['de', 'el'] })).toEqual(all)
          expect(await client.getPrefs(userId)).toEqual(all)
        }))

      test('shows where sessions came from, and ends exactly the one it names', () =>
        withSdk(framework, sdk, async ({ sdk: client, users }) => {
          const { id: userId } = await users.createUser({ email: 'email@example.com' })
          const first = await users.createUserSession(userId, { by: { ip: '8.8.8.8', userAgent: mac } })
          const second = await users.createUserSession(userId, { by: { ip: '127.0.0.1', userAgent: phone } })
          const listed = [
            { $id: second.session.id, ...ofPhone, ip: '127.0.0.1', geo: { isoCode: '--', country: 'Unknown' } },
            { $id: first.session.id, ...ofMac, ip: '8.8.8.8', geo: { isoCode: 'us', country: 'United States' } },
          ]
          expect(await client.getSessions(userId)).toEqual(listed)
          expect(await client.deleteSession(userId, first.session.id)).toEqual({ result: 'success' })
          await expect(users.verifyUserSession(first.secret)).rejects.toMatchObject({ code: 'invalid-session' })
          expect((await users.verifyUserSession(second.secret)).session.id).toBe(second.session.id)
          expect(await client.getSessions(userId)).toEqual(listed.slice(0, 1))
          expect(await client.deleteSessions(userId)).toEqual({ result: 'success' })
          expect(await client.getSessions(userId)).toEqual([])
          expect(await client.deleteSessions(userId)).toEqual({ result: 'success' })
        }))

      test('shows what happened to a user, from where and with what client', () =>
        withSdk(framework, sdk, async ({ sdk: client, users }) => {
          const userId = idOf(await client.create('email@example.com', 'password'))
          await client.updateStatus(userId, '1')
          const by = { ip: '8.8.8.8', userAgent: mac }
          await users.signIn({ email: 'email@example.com', password: 'password' }, { by })
          const geo = { isoCode: '--', country: 'Unknown' }
          const fromSdk = { ip: '127.0.0.1', time, ...(sdk.userAgent ? ofLibrary : ofNothing), geo }
          expect(await client.getLogs(userId)).toEqual([
            {
              event: 'account.sessions.create',
              actor: '',
              details: { sessionId: expect.any(String) },
              ip: '8.8.8.8',
              time,
              ...ofMac,
              geo: { isoCode: 'us', country: 'United States' },
            },
            { event: 'account.update.status', actor: 'console', details: { status: 'active' }, ...fromSdk },
            { event: 'account.create', actor: 'console', details: {}, ...fromSdk },
          ])
          const [, entry] = (await users.getUserLogs(userId)).items
          if (sdk.userAgent) expect(entry?.userAgent).toMatch(sdk.userAgent)
          else expect(entry).not.toHaveProperty('userAgent')
        }))

      test('throws the errors of the API', () =>
        withSdk(framework, sdk, async ({ sdk: client, reader, stranger, users }) => {
          const refusal = async (call: Promise<unknown>) => {
            const { status, body } = sdk.refusal(await call.catch((error: unknown) => error))
            expect(body).toMatchObject({ code: status, version })
            return body
          }
          const { id: userId } = await users.createUser({ email: 'email@example.com' })
          const other = await users.createUser({ email: 'other@example.com' })
          const { session } = await users.createUserSession(other.id)
          const wrong = (message: string) => ({ code: 400, type: 'general_argument_invalid', message })
          const argument = (message: RegExp) => wrong(expect.stringMatching(message))
          expect(await refusal(client.create('email', 'password'))).toMatchObject(
            argument(/^Invalid email: Value must/),
          )
          expect(await refusal(client.create('a@b.co', 'short'))).toMatchObject(
            argument(/^Invalid password: Value must/),
          )
          expect(await refusal(client.list('', 101))).toMatchObject(argument(/^Invalid limit: Value must/))
          expect(await refusal(client.list('', 1, -1))).toMatchObject(argument(/^Invalid offset: Value must/))
          expect(await refusal(client.list('', 1, 0, 'UP'))).toMatchObject(argument(/^Invalid orderType: Value must/))
          expect(await refusal(client.updateStatus(userId, '3'))).toMatchObject(argument(/^Invalid status: Value must/))
          expect(await refusal(client.updatePrefs(userId, 'x'))).toMatchObject(argument(/^Invalid prefs: Value must/))
          expect(await refusal(client.updateStatus(userId, null))).toMatchObject(
            wrong('Param "status" is not optional.'),
          )
          expect(await refusal(client.create('EMAIL@example.com', 'password'))).toMatchObject({
            code: 409,
            type: 'user_already_exists',
            message: 'User already registered',
          })
          const missing = { code: 404, type: 'user_not_found', message: 'User not found' }
          expect(await refusal(client.get('nobody'))).toMatchObject(missing)
          expect(await refusal(client.getLogs('nobody'))).toMatchObject(missing)
          expect(await refusal(client.updatePrefs('nobody', '{}'))).toMatchObject(missing)
          expect(await refusal(client.deleteSessions('nobody'))).toMatchObject(missing)
          expect(await refusal(client.deleteSession(userId, session.id))).toMatchObject({
            code: 404,
            type: 'user_session_not_found',
            message: 'User session not found',
          })
          expect(await refusal(stranger.get(userId))).toMatchObject({
            code: 401,
            message: 'Guest (role: guest) missing scope (users.read)',
          })
          expect(await reader.get(userId)).toMatchObject({ $id: userId })
          expect(await refusal(reader.deleteSessions(userId))).toMatchObject({
            code: 403,
            message: expect.stringContaining('missing scope (users.write)'),
          })
        }))
    })
  }
}

const ofMac = {
  OS: { name: 'Mac', short_name: 'MAC', version: '10.15', platform: '' },
  client: { type: 'browser', name: 'Chrome', short_name: 'CH', version: '80.0', engine: 'Blink' },
  device: 0,
  brand: '',
  model: '',
}
const ofPhone = {
  OS: { name: 'Android', short_name: 'AND', version: '13', platform: '' },
  client: { type: 'browser', name: 'Chrome Mobile', short_name: 'CM', version: '112.0', engine: 'Blink' },
  device: 1,
  brand: 'SA',
  model: 'SM-S911B',
}
const ofLibrary = {
  OS: [],
  client: { type: 'library', name: 'axios', version: expect.stringMatching(/^\d+\.\d+$/) },
  device: null,
  brand: '',
  model: '',
}
const ofNothing = { OS: null, client: null, device: null, brand: '', model: '' }

function idOf(user: unknown): string {
  expect(user).toHaveProperty('$id', id)
  return String(Reflect.get(Object(user), '$id'))
}

function withoutRoles(user: unknown): unknown {
  const { roles: _, ...listed } = Object(user)
  return listed
}
