import { memoryStorage } from '../../../adapters/memory/index.js'
import type { StorageMutant } from '../mutant.js'

const wrapped = (epoch: number) => epoch % 2 ** 31

/** Faults that show where calls overlap, numbers grow, or a storage ends. */
export const lastingMutants: readonly StorageMutant[] = [
  {
    fault: 'loses entries when two commits of entries overlap',
    killedBy: 'entries about one user that are written at once are all kept, by themselves too',
    alter({ commit }) {
      let isOnItsWay = false
      return {
        async commit(changes) {
          if (changes.some(({ op }) => op !== 'appendActivity')) return commit(changes)
          if (isOnItsWay) return undefined
          isOnItsWay = true
          await Promise.resolve()
          isOnItsWay = false
          return commit(changes)
        },
      }
    },
  },
  {
    fault: 'loses touches when two commits of touches overlap',
    killedBy: 'sessions that are touched at once all keep their new use',
    alter({ commit }) {
      let isOnItsWay = false
      return {
        async commit(changes) {
          if (changes.some(({ op }) => op !== 'touchSession')) return commit(changes)
          if (isOnItsWay) return undefined
          isOnItsWay = true
          await Promise.resolve()
          isOnItsWay = false
          return commit(changes)
        },
      }
    },
  },
  {
    fault: 'acknowledges a commit after its close',
    killedBy: 'after close commit is refused',
    alter({ commit, close }) {
      let isClosed = false
      return {
        commit: async (changes) => (isClosed ? undefined : commit(changes)),
        async close() {
          isClosed = true
          await close()
        },
      }
    },
  },
  {
    fault: 'goes on after its close',
    killedBy: 'after close commit is refused',
    alter: () => ({ async close() {} }),
  },
  {
    fault: 'forgets the offset where it goes on from a position in a log',
    killedBy: 'listActivity counts the offset from after, when both are given',
    alter: ({ listActivity }) => ({
      listActivity: (userId, range) =>
        listActivity(userId, range.after === undefined ? range : { ...range, offset: 0 }),
    }),
  },
  {
    fault: 'forgets the offset where it goes on from a position among sessions',
    killedBy: 'listSessions counts the offset from after, when both are given',
    alter: ({ listSessions }) => ({
      listSessions: (userId, range) =>
        listSessions(userId, range.after === undefined ? range : { ...range, offset: 0 }),
    }),
  },
  {
    fault: 'wraps epochs at 2^31 where it compares them',
    killedBy: 'epochs and versions are told apart whatever their size, on both sides of 2^31 and of 2^32',
    alter: ({ walk, listSessions }) => ({
      async listSessions(userId, { sessionEpoch, ...range }) {
        const { items } = await walk('sessions', { limit: 1e6 })
        const same = items.filter((one) => one.userId === userId && wrapped(one.sessionEpoch) === wrapped(sessionEpoch))
        if (same.length > 1) return { items: same.slice(0, range.limit) }
        return listSessions(userId, { ...range, sessionEpoch })
      },
    }),
  },
  {
    fault: 'wraps the epochs that it keeps at 2^31',
    killedBy: 'epochs and versions are told apart whatever their size, on both sides of 2^31 and of 2^32',
    alter: ({ commit }) => ({
      commit: (changes) =>
        commit(
          changes.map((change) => {
            if (!('user' in change)) return change
            return { ...change, user: { ...change.user, sessionEpoch: wrapped(change.user.sessionEpoch) } }
          }),
        ),
    }),
  },
  {
    fault: 'never saves',
    killedBy: 'what was committed is there, whole, when the storage is opened again, and again',
    alter: () => ({}),
    reopened: () => memoryStorage(),
  },
  {
    fault: 'saves users alone',
    killedBy: 'what was committed is there, whole, when the storage is opened again, and again',
    alter: () => ({}),
    async reopened(kept) {
      const storage = memoryStorage()
      const { items } = await kept.listUsers({ limit: 1e6, offset: 0, order: 'oldest-first', total: 'none' })
      await storage.commit(items.map((user) => ({ op: 'insertUser', user })))
      return storage
    },
  },
  {
    fault: 'gives positions anew when it is opened again',
    killedBy: 'positions hold when the storage is opened again, and none is given twice',
    alter: () => ({}),
    async reopened(kept) {
      const storage = memoryStorage()
      const { items } = await kept.listUsers({ limit: 1e6, offset: 0, order: 'oldest-first', total: 'none' })
      const tombstones = (await kept.walk('tombstones', { limit: 1e6 })).items
      const activity = (await kept.walk('activity', { limit: 1e6 })).items
      await storage.commit([
        ...tombstones.map((tombstone) => ({ op: 'insertTombstone', tombstone }) as const),
        ...items.map((user) => ({ op: 'insertUser', user }) as const),
        ...activity.map((entry) => ({ op: 'appendActivity', activity: entry }) as const),
      ])
      return storage
    },
  },
]
