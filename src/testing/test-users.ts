import * as v from 'valibot'
import { memoryStorage } from '../../adapters/memory/index.js'
import type { Activity } from '../domain/activity.js'
import { dateSchema } from '../domain/input.js'
import { checkedOptions, wholeNumberOption } from '../domain/options.js'
import type { UsersStorage } from '../ports/storage.js'
import { createUsersService } from '../service/create-users-service.js'
import type { UsersServiceOptions } from '../service/options.js'
import type { UsersService } from '../service/users-service.js'
import { type FailNext, withFailures } from './failures.js'
import { definedFields, type InputBuilders, inputBuilders } from './input-builders.js'
import { insecureHasher, refuseProduction } from './insecure-hasher.js'
import { createSeeder, type SeedUsers } from './seed-users.js'
import { createTestClock, type TestClock } from './test-clock.js'

/** A service for a test, with handles on its surroundings. The functions can be destructured. */
export interface TestUsers extends InputBuilders {
  readonly users: UsersService
  readonly clock: TestClock
  /**
   * Every committed entry so far, in order, as `onEvent` received it. You may empty it: `events.splice(0)` returns what
   * came since the last time.
   */
  readonly events: Activity[]
  readonly failNext: FailNext
  readonly seedUsers: SeedUsers
}

/** `now` and `seed`, and every option of `createUsersService`, of which none is required here. */
export interface TestUsersOptions extends Omit<UsersServiceOptions, 'now' | 'storage'> {
  /** Where the clock starts. Default: 1 January 2026, 00:00 UTC. */
  readonly now?: Date | undefined
  /** Determines ids and seeded people: a whole number from 0 to 2^32 - 1. Default: 0. */
  readonly seed?: number | undefined
  /** Where the users are stored. Default: in memory. */
  readonly storage?: UsersStorage | undefined
  /** Hashes and checks passwords. Default: `insecureHasher()`. */
  readonly passwords?: UsersServiceOptions['passwords']
  /**
   * Creates ids. By default they count up: `test`, the seed in 7 characters of base 36, and the count in 9 digits.
   * Users, sessions and entries count together; the first id is `test0000000000000001`.
   */
  readonly newId?: UsersServiceOptions['newId']
}

const ownOptions = v.strictObject({
  now: v.optional(dateSchema),
  seed: v.optional(wholeNumberOption(0, 2 ** 32 - 1), 0),
})

/**
 * Creates the real service over memory, with a clock that only you move, ids that count up, a hasher that takes
 * microseconds, a list of all events, failures on demand, and as many users as you like.
 *
 * ```ts
 * const { users, clock, aUser } = createTestUsers()
 * const { id } = await users.createUser(aUser({ name: 'Ada' }))
 * const { secret } = await users.createUserSession(id)
 * clock.advance(31 * 24 * 60 * 60 * 1000)
 * await assert.rejects(users.verifyUserSession(secret), { code: 'invalid-session' })
 * ```
 *
 * Only session secrets are random, as always.
 *
 * @throws {InvalidOptionsError} when `NODE_ENV` is `production`, or naming the option that is wrong or unknown.
 */
export function createTestUsers({ now: start, seed: chosenSeed, ...given }: TestUsersOptions = {}): TestUsers {
  refuseProduction('createTestUsers')
  const { now, seed } = checkedOptions('createTestUsers', ownOptions, { now: start, seed: chosenSeed })
  const clock = createTestClock(now)
  const events: Activity[] = []
  const options: UsersServiceOptions = {
    storage: memoryStorage(),
    passwords: insecureHasher(),
    newId: testIds(seed),
    ...definedFields(given),
    onEvent(activity) {
      events.push(activity)
      // A copy, so that the listener cannot change the list.
      return given.onEvent?.(structuredClone(activity))
    },
  }
  return {
    ...withFailures(createUsersService({ ...options, now: clock.now })),
    clock,
    events,
    ...inputBuilders(),
    seedUsers: createSeeder(options, seed, clock.now),
  }
}

function testIds(seed: number): () => string {
  const prefix = `test${seed.toString(36).padStart(7, '0')}`
  let count = 0
  return () => prefix + String(++count).padStart(9, '0')
}
