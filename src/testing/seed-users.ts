import { invalid } from '../domain/input.js'
import type { User } from '../domain/user.js'
import { createUsersService } from '../service/create-users-service.js'
import type { UsersServiceOptions } from '../service/options.js'
import { personGenerator } from './people.js'

const dayMs = 24 * 60 * 60 * 1000

/**
 * Creates this many users through the real service, and returns them in the order of registration, spread over the year
 * before the clock's time: names of many scripts, settings, nine in ten active, every third of those with a session of
 * the last 25 days. The `seed` determines them; each call creates others. All have the password of `aUser()`.
 *
 * ```ts
 * await seedUsers(1000)
 * const { total } = await users.listUsers({ search: 'garcia', total: true })
 * ```
 *
 * 10,000 take about a second in memory. `events` includes them; `failNext` and `passwordPolicy` do not affect them.
 *
 * @throws {InvalidInputError}
 */
export type SeedUsers = (count: number) => Promise<User[]>

export function createSeeder(options: UsersServiceOptions, seed: number, now: () => Date): SeedUsers {
  const nextPerson = personGenerator(seed)
  return async (count) => {
    if (!Number.isSafeInteger(count) || count < 0) throw invalid('count', 'must be a whole number from 0')
    // A second service on the storage, with its own clock, acts in the past. It is not closed, which would close the
    // storage.
    const end = now().getTime()
    let time = end
    const users = createUsersService({ ...options, passwordPolicy: {}, now: () => new Date(time) })
    const seeded: User[] = []
    for (let left = count; left > 0; left--) {
      const { user, by, chance } = nextPerson()
      const joined = end - Math.round((365 * dayMs * left) / count)
      time = joined
      const created = await users.createUser(user, { by })
      seeded.push(created)
      if (created.status !== 'active' || chance >= 1 / 3) continue
      // Recent enough for a session of the default lifetime to be alive.
      time = Math.max(joined, end - Math.round(3 * chance * 25 * dayMs))
      await users.createUserSession(created.id, { by })
    }
    return seeded
  }
}
