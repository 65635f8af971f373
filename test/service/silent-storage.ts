import { memoryStorage } from '../../adapters/memory/index.js'
import type { UsersStorage } from '../../src/index.js'

/** A storage of which each method can be held up, for as long as a test wants. */
export function silentStorage() {
  const storage = memoryStorage()
  const held: (() => void)[] = []
  const silent = new Set<keyof UsersStorage>()
  const begun: string[] = []
  function holdable<Args extends unknown[], T>(name: keyof UsersStorage, method: (...args: Args) => Promise<T>) {
    return async (...args: Args): Promise<T> => {
      begun.push(name)
      if (silent.has(name)) await new Promise<void>((resolve) => held.push(resolve))
      return method(...args)
    }
  }
  const names = ['findUser', 'listUsers', 'findSession', 'listSessions', 'listActivity', 'commit', 'sweep'] as const
  const holding: UsersStorage = {
    ...storage,
    findUser: holdable('findUser', storage.findUser),
    listUsers: holdable('listUsers', storage.listUsers),
    findSession: holdable('findSession', storage.findSession),
    listSessions: holdable('listSessions', storage.listSessions),
    listActivity: holdable('listActivity', storage.listActivity),
    commit: holdable('commit', storage.commit),
    sweep: holdable('sweep', storage.sweep),
  }
  return {
    storage: holding,
    /** What was begun, in order. */
    begun,
    hold(...some: (keyof UsersStorage)[]) {
      for (const name of some.length > 0 ? some : names) silent.add(name)
    },
    /** Lets go of all that is held up, and holds nothing up any more. */
    release() {
      silent.clear()
      for (const resolve of held.splice(0)) resolve()
    },
  }
}
