import { invalid } from '../domain/input.js'

/**
 * A clock that stands still until it is moved.
 *
 * ```ts
 * const { users, clock } = createTestUsers({ now: new Date('2026-03-01') })
 * clock.advance(60 * 60 * 1000) // an hour later
 * clock.set(new Date('2026-04-01'))
 * ```
 */
export interface TestClock {
  now(): Date
  /**
   * Moves the clock; a negative number moves it back.
   *
   * @throws {InvalidInputError}
   */
  advance(milliseconds: number): void
  /** @throws {InvalidInputError} */
  set(now: Date): void
}

/** Starts on 1 January 2026, 00:00 UTC, by default. */
export function createTestClock(now = new Date('2026-01-01T00:00:00.000Z')): TestClock {
  let time = 0
  const clock: TestClock = {
    now: () => new Date(time),
    advance(milliseconds) {
      time = checkedTime('milliseconds', time + milliseconds)
    },
    set(moment) {
      time = checkedTime('now', moment.getTime())
    },
  }
  clock.set(now)
  return clock
}

function checkedTime(name: string, time: number): number {
  if (Number.isNaN(new Date(time).getTime())) throw invalid(name, 'must lead to a time')
  return time
}
