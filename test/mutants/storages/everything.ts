import type { Page } from '../../../src/domain/page.js'
import type { RecordKind, RecordOf, UsersStorage, Walk } from '../../../src/ports/storage.js'
import type { StorageMutant } from '../mutant.js'

/** A fault in the walk through one kind. */
function walking<Faulty extends RecordKind>(
  faulty: Faulty,
  walkOf: (walk: (part: Walk) => Promise<Page<RecordOf<Faulty>>>, part: Walk) => Promise<Page<RecordOf<Faulty>>>,
): StorageMutant['alter'] {
  return ({ walk }) => {
    const altered = (kind: RecordKind, part: Walk) =>
      kind === faulty ? walkOf((other) => walk(faulty, other), part) : walk(kind, part)
    // The kinds are told apart above.
    return { walk: altered as UsersStorage['walk'] }
  }
}

/** Faults in what a copy to another storage reads and writes. */
export const everythingMutants: readonly StorageMutant[] = [
  {
    fault: 'leaves dead sessions out of a walk',
    killedBy: 'a walk has the whole sessions of all users, dead and expired ones too, in the order of their start',
    alter: walking('sessions', async (walk, part) => {
      const page = await walk(part)
      return { ...page, items: page.items.filter(({ sessionEpoch }) => sessionEpoch === 1) }
    }),
  },
  {
    fault: 'leaves what is about nobody out of a walk',
    killedBy: 'a walk has the whole entries of all users and of nobody, in the order in which they were stored',
    alter: walking('activity', async (walk, part) => {
      const page = await walk(part)
      return { ...page, items: page.items.filter(({ userId }) => userId !== undefined) }
    }),
  },
  {
    fault: 'leaves blocked users out of a walk',
    killedBy: 'a walk has the whole users, whatever their status, in the order of registration',
    alter: walking('users', async (walk, part) => {
      const page = await walk(part)
      return { ...page, items: page.items.filter(({ status }) => status !== 'blocked') }
    }),
  },
  {
    fault: 'takes a position in all activity for one behind which nothing new comes',
    killedBy: 'a walk of activity goes on behind a record that is gone, and meets what was added meanwhile',
    alter(storage) {
      let first: Promise<Page<RecordOf<'activity'>>> | undefined
      return walking('activity', async (walk, part) => {
        if (part.after === undefined) first = walk({ limit: 1000 })
        const known = (await first)?.items ?? []
        const page = await walk(part)
        return { ...page, items: page.items.filter(({ id }) => known.some((entry) => entry.id === id)) }
      })(storage)
    },
  },
  {
    fault: 'takes a position that it cannot have given for the start of a list',
    killedBy: 'a walk of tombstones refuses a position that no page of it can have had, by the name of the field',
    alter: walking('tombstones', (walk, part) => walk(part).catch(() => walk({ limit: part.limit }))),
  },
  {
    fault: 'sorts tombstones as a dictionary does',
    killedBy: 'a walk of tombstones goes by the ids in the order of ASCII, whenever they were left',
    alter: walking('tombstones', async (walk, { limit, after }) => {
      const { items } = await walk({ limit: 1000 })
      const sorted = items.toSorted((one, other) => one.id.localeCompare(other.id, 'en'))
      const start = sorted.findIndex(({ id }) => id === after) + 1
      const rest = sorted.slice(start)
      const shown = rest.slice(0, limit)
      const last = shown.at(-1)
      return { items: shown, ...(last && rest.length > limit && { next: last.id }) }
    }),
  },
  {
    fault: 'forgets who deleted a user',
    killedBy: 'a walk of tombstones has what deleteUser left, whole',
    alter: walking('tombstones', async (walk, part) => {
      const page = await walk(part)
      return { ...page, items: page.items.map((tombstone) => ({ ...tombstone, actor: undefined })) }
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
