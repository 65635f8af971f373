import { expect, expectTypeOf, test } from 'vitest'
import type {
  Activity,
  CommittedActivity,
  HostActivity,
  JsonObject,
  ServiceActivity,
  ServiceEvent,
  UserStatus,
  UsersServiceOptions,
} from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'

type Listener = NonNullable<UsersServiceOptions['onEvent']>

/** What the type of each entry promises, read as the compiler lets a host read it. */
function promised(entry: CommittedActivity<'invoice.paid'>): unknown {
  switch (entry.event) {
    case 'user.created':
    case 'user.name-updated':
    case 'user.email-updated':
    case 'user.password-updated':
    case 'user.deleted':
    case 'session.all-deleted':
      expectTypeOf(entry.details).toEqualTypeOf<undefined>()
      expectTypeOf(entry.userId).toEqualTypeOf<string>()
      return [entry.userId, entry.details]
    case 'user.status-updated':
      expectTypeOf(entry.details).toEqualTypeOf<{ readonly status: UserStatus }>()
      return [entry.userId, entry.details.status]
    case 'user.prefs-updated':
      expectTypeOf(entry.details).toEqualTypeOf<{ readonly keys: readonly string[] }>()
      return [entry.userId, ...entry.details.keys]
    case 'session.created':
    case 'session.deleted':
      expectTypeOf(entry.details).toEqualTypeOf<{ readonly sessionId: string }>()
      return [entry.userId, typeof entry.details.sessionId]
    case 'sign-in.failed':
      expectTypeOf(entry.userId).toEqualTypeOf<string | undefined>()
      expectTypeOf(entry.details).toEqualTypeOf<undefined>()
      return [entry.userId, entry.details]
    case 'invoice.paid':
      expectTypeOf(entry.details).toEqualTypeOf<JsonObject | undefined>()
      return [entry.userId, entry.details]
    default:
      expectTypeOf(entry).toExtend<HostActivity<'invoice.paid'>>()
      expectTypeOf(entry.event).toExtend<string>()
      return [entry.userId, String(entry.event), entry.details]
  }
}

test('each entry has what its type promises', async () => {
  const told: unknown[] = []
  const { users } = createTestUsers({
    onEvent: (entry: CommittedActivity<'invoice.paid'>) => void told.push([entry.event, promised(entry)]),
  })
  const login = { email: 'ada@example.com', password: 'correct horse' }
  const first = async () => {
    await users.createUser({ ...login, id: 'ada' })
    await users.updateUserName('ada', { name: 'Ada' })
    await users.updateUserPrefs('ada', { prefs: { theme: 'dark', size: 2 } })
    const { session } = await users.signIn(login)
    await users.deleteUserSession('ada', session.id)
    await users.updateUserPassword('ada', { password: 'battery staple' })
    await users.deleteUserSessions('ada')
    await users.updateUserEmail('ada', { email: 'ada@example.org' })
    await users.updateUserStatus('ada', { status: 'blocked' })
    await users.recordUserActivity('ada', { event: 'invoice.paid', details: { invoice: 'R-17' } })
    await users.recordUserActivity('ada', { event: 'shop.visited' })
  }
  await first()
  await expect(users.signIn({ ...login, email: 'ada@example.org' })).rejects.toThrow()
  await expect(users.signIn(login)).rejects.toThrow()
  await users.deleteUser('ada')
  expect(told).toEqual([
    ['user.created', ['ada', undefined]],
    ['user.name-updated', ['ada', undefined]],
    ['user.prefs-updated', ['ada', 'theme', 'size']],
    ['session.created', ['ada', 'string']],
    ['session.deleted', ['ada', 'string']],
    ['user.password-updated', ['ada', undefined]],
    ['session.all-deleted', ['ada', undefined]],
    ['user.email-updated', ['ada', undefined]],
    ['user.status-updated', ['ada', 'blocked']],
    ['invoice.paid', ['ada', { invoice: 'R-17' }]],
    ['shop.visited', ['ada', 'shop.visited', undefined]],
    ['sign-in.failed', ['ada', undefined]],
    ['sign-in.failed', [undefined, undefined]],
    ['user.deleted', ['ada', undefined]],
  ])
})

test('the union has each event of the service, and a listener may be of the union, of any entry, or of named events', () => {
  expectTypeOf<ServiceActivity['event']>().toEqualTypeOf<ServiceEvent>()
  expectTypeOf<CommittedActivity>().toExtend<Activity>()
  expectTypeOf<CommittedActivity<'invoice.paid'>>().toExtend<Activity>()
  expectTypeOf<(entry: Activity) => void>().toExtend<Listener>()
  expectTypeOf<(entry: CommittedActivity<'invoice.paid'>) => Promise<void>>().toExtend<Listener>()
  expectTypeOf<(entry: { event: string; userId?: string }) => void>().toExtend<Listener>()
  expectTypeOf<(entry: ServiceActivity) => void>().not.toExtend<Listener>()
})

test('the name of an event that nobody knows is a mistake, except where any text may come', () => {
  const listeners: Listener[] = [
    (entry) => {
      // @ts-expect-error: misspelt
      if (entry.event === 'user.create') expect.fail()
    },
    (entry: Activity) => {
      if (entry.event === 'invoice.paid') expectTypeOf(entry.details).toEqualTypeOf<JsonObject | undefined>()
    },
    ({ event, details }) => {
      if (event === 'user.status-updated') expectTypeOf(details.status).toEqualTypeOf<UserStatus>()
    },
  ]
  expect(listeners).toHaveLength(3)
})
