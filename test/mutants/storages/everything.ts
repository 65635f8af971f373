import type { StorageMutant } from '../mutant.js'

/** Faults in what a copy to another storage reads and writes. */
export const everythingMutants: readonly StorageMutant[] = [
  {
    fault: 'leaves dead sessions out of all sessions',
    killedBy:
      'listAllSessions has the whole sessions of all users, dead and expired ones too, in the order of their start',
    alter: ({ listAllSessions }) => ({
      async listAllSessions(walk) {
        const page = await listAllSessions(walk)
        return { ...page, items: page.items.filter(({ sessionEpoch }) => sessionEpoch === 1) }
      },
    }),
  },
  {
    fault: 'leaves what is about nobody out of all activity',
    killedBy:
      'listAllActivity has the whole entries of all users and of nobody, in the order in which they were stored',
    alter: ({ listAllActivity }) => ({
      async listAllActivity(walk) {
        const page = await listAllActivity(walk)
        return { ...page, items: page.items.filter(({ userId }) => userId !== undefined) }
      },
    }),
  },
  {
    fault: 'takes a position in all activity for one behind which nothing new comes',
    killedBy: 'listAllActivity goes on behind a row that is gone, and meets what was added meanwhile',
    alter({ listAllActivity }) {
      const first = new Map<number, ReturnType<typeof listAllActivity>>()
      return {
        async listAllActivity(walk) {
          if (walk.after === undefined) first.set(1, listAllActivity({ limit: 1000 }))
          const known = (await first.get(1))?.items ?? []
          const page = await listAllActivity(walk)
          return { ...page, items: page.items.filter(({ id }) => known.some((entry) => entry.id === id)) }
        },
      }
    },
  },
  {
    fault: 'sorts tombstones as a dictionary does',
    killedBy: 'listTombstones goes by the ids in the order of ASCII, whenever they were left',
    alter: ({ listTombstones }) => ({
      async listTombstones({ limit, after }) {
        const { items } = await listTombstones({ limit: 1000 })
        const sorted = items.toSorted((one, other) => one.id.localeCompare(other.id, 'en'))
        const start = sorted.findIndex(({ id }) => id === after) + 1
        const rest = sorted.slice(start)
        const shown = rest.slice(0, limit)
        const last = shown.at(-1)
        return { items: shown, ...(last && rest.length > limit && { next: last.id }) }
      },
    }),
  },
  {
    fault: 'forgets who deleted a user',
    killedBy: 'listTombstones has what deleteUser left, whole',
    alter: ({ listTombstones }) => ({
      async listTombstones(walk) {
        const page = await listTombstones(walk)
        return { ...page, items: page.items.map((tombstone) => ({ ...tombstone, actor: undefined })) }
      },
    }),
  },
  {
    fault: 'takes a tombstone for one who is there',
    killedBy: 'insertTombstone refuses the id of a user, and one that is reserved already',
    alter: ({ commit }) => ({
      async commit(changes) {
        await commit(changes).catch((error) => {
          if (!changes.some(({ op }) => op === 'insertTombstone')) throw error
        })
      },
    }),
  },
]
