import fc from 'fast-check'
import { callers, emails, events, names, otherEmails, passwords, searches, settings, statuses } from './pools.js'
import { chosenIds, type ReferenceName } from './seen.js'
import type { Call } from './surface.js'

/** What is done in rounds: the calls of one round start together. */
export type Plan = readonly (readonly Call[])[]

/** Where the clock stands before a plan begins. */
export const start = new Date('2026-01-01T00:00:00.000Z')

const one = <T>(values: readonly T[]) => fc.constantFrom(...values)
const mostly = <T, U>(usual: fc.Arbitrary<T>, weight: number, other: fc.Arbitrary<U>) =>
  fc.oneof({ arbitrary: usual, weight }, { arbitrary: other, weight: 1 })
const reference = (name: ReferenceName) => fc.nat(12).map((number) => ({ [name]: number }))

const user = mostly(reference('$user'), 9, fc.constant('nobody'))
const owner = mostly(reference('$owner'), 9, reference('$user'))
const email = mostly(one(emails), 3, one(otherEmails))
const password = one(passwords)
const by = one(callers)
const allOptional = { requiredKeys: [] }

const newUser = fc.record(
  {
    ...{ email, password, name: one(names), id: mostly(one(chosenIds), 9, fc.constant('../x')) },
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
const search = { search: one(searches), order: one(['oldest-first', 'newest-first']) }
const moment = fc.nat(400).map((minutes) => new Date(start.getTime() + minutes * 60_000))

function call(name: Call['name'], ...args: fc.Arbitrary<unknown>[]): fc.Arbitrary<Call> {
  return fc.tuple(...args).map((made) => ({ name, args: made }))
}

/** Calls that concern single users and sessions. */
const single = fc.oneof(
  { arbitrary: call('createUser', newUser, by), weight: 5 },
  { arbitrary: call('signIn', fc.record({ email, password }), by), weight: 4 },
  { arbitrary: call('createUserSession', user, by), weight: 3 },
  { arbitrary: call('verifyUserSession', reference('$secret')), weight: 3 },
  { arbitrary: call('updateUserStatus', user, fc.record({ status: one(statuses) }), by), weight: 3 },
  { arbitrary: call('updateUserPrefs', user, fc.record({ prefs: one(settings) }), by), weight: 2 },
  { arbitrary: call('updateUserEmail', user, fc.record({ email }), by), weight: 2 },
  call('updateUserName', user, fc.record({ name: one(names) }), by),
  call('updateUserPassword', user, fc.record({ password }), by),
  call('deleteUser', user, by),
  call('getUser', user),
  call('getUserPrefs', user),
  call('findUserByEmail', email),
  call('verifyUserPassword', fc.record({ email, password }), by),
  call('signOut', reference('$secret'), by),
  call('deleteUserSession', owner, reference('$session'), by),
  call('deleteUserSessions', user, by),
  call('recordUserActivity', user, fc.record({ event: one(events) }), by),
)
const sweep = call('sweep', fc.record({ activityBefore: moment }, allOptional))
const advance = call('advance', one([1, 1, 7, 31, 61, -60]))

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

/** One call after the other. */
export function sequences(longest: number): fc.Arbitrary<Plan> {
  const any = fc.oneof({ arbitrary: single, weight: 8 }, { arbitrary: parts, weight: 2 }, sweep, advance)
  return fc.array(fc.tuple(any), { maxLength: longest, size: 'max' })
}

/**
 * Rounds of up to three calls. A list is read beside one other call only: of two at once that go on while it is read,
 * it may show the second and not the first.
 */
export function races(longest: number): fc.Arbitrary<Plan> {
  const round = fc.oneof(
    { arbitrary: fc.tuple(fc.oneof({ arbitrary: single, weight: 5 }, sweep, advance)), weight: 2 },
    { arbitrary: fc.tuple(single, fc.oneof({ arbitrary: single, weight: 2 }, wholes)), weight: 3 },
    { arbitrary: fc.tuple(single, single, single), weight: 2 },
  )
  return fc.array(round, { maxLength: longest, size: 'max' })
}
