import fc from 'fast-check'
import { callers, emails, events, names, passwords, searches, settings, statuses } from './pools.js'
import { chosenIds, type ReferenceName } from './seen.js'
import type { Call } from './surface.js'

/** What is done in rounds: the calls of one round start together. */
export type Plan = readonly (readonly Call[])[]

/** Where the clock stands before a plan begins. */
export const start = new Date('2026-01-01T00:00:00.000Z')

const one = <T>(values: readonly T[]) => fc.constantFrom(...values)
const mostly = <T, U>(usual: fc.Arbitrary<T>, weight: number, other: fc.Arbitrary<U>) =>
  fc.oneof({ arbitrary: usual, weight }, { arbitrary: other, weight: 1 })
const reference = (name: ReferenceName) => mostly(fc.nat(3), 2, fc.nat(12)).map((number) => ({ [name]: number }))

const user = mostly(reference('$user'), 19, one(['nobody', ...chosenIds]))
const owner = mostly(reference('$owner'), 9, reference('$user'))
const email = mostly(one(emails), 19, fc.constant('no address'))
const password = mostly(one(passwords), 19, fc.constant('short'))
const name = mostly(one(names), 19, fc.constant('two\nlines'))
const credentials = fc.record({ email, password })
const by = one(callers)
const allOptional = { requiredKeys: [] }

const newUser = fc.record(
  {
    ...{ email, password, name, id: mostly(one(chosenIds), 19, fc.constant('../x')) },
    ...{ status: one(statuses), emailVerified: fc.boolean(), prefs: one(settings) },
  },
  { requiredKeys: ['email'] },
)
const range = {
  limit: mostly(fc.nat(5), 9, one([100, 101, -1])),
  offset: mostly(fc.nat(4), 9, fc.constant(-1)),
  after: reference('$after'),
  total: fc.boolean(),
}
const search = { search: mostly(one(searches), 19, fc.constant('a\nb')), order: one(['oldest-first', 'newest-first']) }
const moment = fc.nat(400).map((minutes) => new Date(start.getTime() + minutes * 60_000))

function call(name: Call['name'], ...args: fc.Arbitrary<unknown>[]): fc.Arbitrary<Call> {
  return fc.tuple(...args).map((made) => ({ name, args: made }))
}

/** Calls that concern single users and sessions. */
const single = fc.oneof(
  { arbitrary: call('createUser', newUser, by), weight: 5 },
  { arbitrary: call('signIn', credentials, by), weight: 6 },
  { arbitrary: call('createUserSession', user, by), weight: 5 },
  { arbitrary: call('verifyUserSession', reference('$secret')), weight: 4 },
  { arbitrary: call('updateUserStatus', user, fc.record({ status: one(statuses) }), by), weight: 3 },
  { arbitrary: call('updateUserPrefs', user, fc.record({ prefs: one(settings) }), by), weight: 2 },
  { arbitrary: call('updateUserEmail', user, fc.record({ email }), by), weight: 2 },
  call('updateUserName', user, fc.record({ name }), by),
  call('updateUserPassword', user, fc.record({ password }), by),
  call('deleteUser', user, by),
  call('getUser', user),
  call('getUserPrefs', user),
  call('findUserByEmail', email),
  call('verifyUserPassword', credentials, by),
  call('signOut', reference('$secret'), by),
  { arbitrary: call('deleteUserSession', owner, reference('$session'), by), weight: 2 },
  call('deleteUserSessions', user, by),
  call('recordUserActivity', user, fc.record({ event: mostly(one(events), 9, fc.constant('user.created')) }), by),
)
const sweep = call('sweep', fc.record({ activityBefore: moment }, allOptional))
const advance = call('advance', one([1, 1, 1, 7, 31, 61, -60]))

const parts = fc.oneof(
  { arbitrary: call('listUsers', fc.record({ ...range, ...search }, allOptional)), weight: 2 },
  call('getUserSessions', user, fc.record(range, allOptional)),
  call('getUserLogs', user, fc.record(range, allOptional)),
)
/** Whole lists: of what happens at the same time, no part of a list can be told. */
const wholes = fc.oneof(
  call('listUsers', fc.record({ ...search, total: fc.boolean() }, allOptional)),
  call('getUserSessions', user, fc.record({ total: fc.boolean() }, allOptional)),
  call('getUserLogs', user, fc.constant({ limit: 100 })),
)

// Most plans find somebody there.
const casts: readonly Plan[] = [
  [],
  ...Array.from({ length: 5 }, () => [
    [{ name: 'createUser', args: [{ email: 'ada@example.com', password: 'correct horse', id: 'ann' }] } as const],
    [{ name: 'createUser', args: [{ email: 'bob@example.com', password: 'correct horse' }] } as const],
    [{ name: 'createUserSession', args: ['ann'] } as const],
  ]),
]

function plans(round: fc.Arbitrary<Plan[number]>, longest: number): fc.Arbitrary<Plan> {
  const rounds = fc.array(round, { maxLength: longest, size: 'max' })
  return fc.noBias(fc.tuple(one(casts), rounds).map((parts) => parts.flat()))
}

/** One call after the other. */
export function sequences(longest: number): fc.Arbitrary<Plan> {
  const any = fc.oneof(
    { arbitrary: single, weight: 16 },
    { arbitrary: parts, weight: 4 },
    { arbitrary: advance, weight: 2 },
    sweep,
  )
  return plans(fc.tuple(any), longest)
}

/**
 * Rounds of up to three calls. A list is read beside one other call only: of two that go on while it is read, it may
 * show the second and not the first.
 */
export function races(longest: number): fc.Arbitrary<Plan> {
  return plans(
    fc.oneof(
      { arbitrary: fc.array(single, { minLength: 1, maxLength: 3, size: 'max' }), weight: 8 },
      { arbitrary: fc.tuple(single, wholes), weight: 3 },
      fc.tuple(fc.oneof(sweep, advance)),
    ),
    longest,
  )
}
