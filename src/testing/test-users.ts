import { memoryStorage } from '../../adapters/memory/index.js'
import type { Activity } from '../domain/activity.js'
import type { UsersStorage } from '../ports/storage.js'
import { createUsersService } from '../service/create-users-service.js'
import type { UsersServiceOptions } from '../service/options.js'
import type { UsersService } from '../service/users-service.js'
import { insecureHasher } from './insecure-hasher.js'

/** A clock that stands still until it is moved. */
export interface TestClock {
  now(): Date
  advance(milliseconds: number): void
}

/** A service for a test, and what a test wants to hold of it. */
export interface TestUsers {
  readonly users: UsersService
  readonly clock: TestClock
  /** Every committed entry so far, in order. */
  readonly events: readonly Activity[]
}

/** The options of the service, of which none must be given, and where the clock begins. */
export interface TestUsersOptions extends Partial<Omit<UsersServiceOptions, 'now' | 'newId'>> {
  /** Where the clock begins: 1 January 2026, 00:00 UTC, when absent. */
  readonly now?: Date
  /** Where the users are: in memory when absent. */
  readonly storage?: UsersStorage
}

/**
 * Makes the real service over memory, with a clock that only you move, ids that count up, a hasher that takes
 * microseconds, and a list of all events.
 *
 * ```ts
 * const { users, clock } = createTestUsers()
 * const { secret } = await users.createUserSession((await users.createUser({ email: 'a@example.com' })).id)
 * clock.advance(31 * 24 * 60 * 60 * 1000)
 * await assert.rejects(users.verifyUserSession(secret))
 * ```
 *
 * @throws {InvalidOptionsError} when `NODE_ENV` is `production`.
 */
export function createTestUsers({ now, ...options }: TestUsersOptions = {}): TestUsers {
  let time = (now ?? new Date('2026-01-01T00:00:00.000Z')).getTime()
  let ids = 0
  const events: Activity[] = []
  const clock: TestClock = {
    now: () => new Date(time),
    advance(milliseconds) {
      time += milliseconds
    },
  }
  const users = createUsersService({
    storage: memoryStorage(),
    passwords: insecureHasher(),
    ...options,
    now: clock.now,
    newId: () => `test${String(++ids).padStart(16, '0')}`,
    onEvent(activity) {
      events.push(activity)
      return options.onEvent?.(activity)
    },
  })
  return { users, clock, events }
}
