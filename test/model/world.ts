import type { Activity, UsersStorage } from '../../src/index.js'
import { createUsersService } from '../../src/index.js'
import { insecureHasher } from '../../src/testing/index.js'
import { start } from './plan.js'
import type { State } from './state.js'
import type { AnySurface } from './surface.js'

/** Services with one clock, each on a storage of its own and all on one database. */
export interface World {
  readonly services: readonly [AnySurface, ...AnySurface[]]
  readonly told: readonly Activity[]
  /** From here on, the ids that are made say so. */
  beginRound(): void
}

export function newWorld(storages: readonly UsersStorage[], sessions: State['sessions']): World {
  let time = start.getTime()
  let [round, ids] = [0, 0]
  const told: Activity[] = []
  const newId = () => `r${round}.${++ids}`
  const advance = (minutes: number) => {
    time += minutes * 60_000
  }
  const [first, ...others] = storages.map((storage) => {
    const users = createUsersService({
      ...{ storage, sessions, newId, now: () => new Date(time), passwords: insecureHasher() },
      describeClient: () => ({}),
      onEvent: (activity) => void told.push(activity),
    })
    return { ...users, advance }
  })
  if (!first) throw new Error('a world needs a storage')
  return {
    services: [first, ...others],
    told,
    beginRound() {
      round++
    },
  }
}
