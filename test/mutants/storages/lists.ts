import type { UserRecord } from '../../../src/domain/user.js'
import type { UserQuery } from '../../../src/ports/storage.js'
import type { StorageMutant } from '../mutant.js'

/** A fault in which users a search finds. */
function searching(isMatch: (user: UserRecord, match: string) => boolean): StorageMutant['alter'] {
  return ({ listUsers }) => ({
    async listUsers({ match, ...query }) {
      if (match === undefined) return listUsers(query)
      const { items } = await listUsers({ order: query.order, limit: 1e6, offset: 0, total: 'none' })
      const found = items.filter((user) => isMatch(user, match))
      return {
        items: found.slice(query.offset, query.offset + query.limit),
        ...(query.total !== 'none' && { total: found.length }),
      }
    },
  })
}

/** Faults in lists of users and in searches. */
export const listMutants: readonly StorageMutant[] = [
  {
    fault: 'lists users by id',
    killedBy: 'listUsers goes by registration and by nothing else',
    alter: ({ listUsers }) => ({
      async listUsers(query) {
        const page = await listUsers(query)
        return { ...page, items: page.items.toSorted((one, other) => (one.id < other.id ? -1 : 1)) }
      },
    }),
  },
  {
    fault: 'lists the oldest users first, whatever it is asked for',
    killedBy: '250 users of one millisecond are walked by next, each exactly once, newest-first',
    alter: ({ listUsers }) => ({ listUsers: (query) => listUsers({ ...query, order: 'oldest-first' }) }),
  },
  {
    fault: 'never says that more follows',
    killedBy: 'listUsers has at most limit users, and next only when more follow',
    alter: ({ listUsers }) => ({
      async listUsers(query) {
        const { next: _, ...page } = await listUsers(query)
        return page
      },
    }),
  },
  {
    fault: 'counts positions from the start of the list, which moves',
    killedBy: 'a walk meets each user who was there before it and stays, once, while others are deleted, oldest-first',
    alter: ({ listUsers }) => ({
      async listUsers({ after, ...query }) {
        const offset = query.offset + Number(after ?? 0)
        const page = await listUsers({ ...query, offset })
        return page.next === undefined ? page : { ...page, next: String(offset + query.limit) }
      },
    }),
  },
  {
    fault: 'tells the order of a list by its first and its last row, which one row alone does not show',
    killedBy: 'a walk goes on when all but its last user are deleted, newest-first',
    alter: ({ listUsers }) => ({
      async listUsers(query) {
        const { total } = await listUsers({ order: query.order, limit: 0, offset: 0, total: 'exact' })
        const isLost = total === 1 && query.after !== undefined && query.order === 'newest-first'
        return isLost ? { items: [] } : listUsers(query)
      },
    }),
  },
  {
    fault: 'forgets the offset where it goes on from a position',
    killedBy: 'listUsers counts the offset from after, when both are given',
    alter: ({ listUsers }) => ({
      listUsers: (query) => listUsers(query.after === undefined ? query : { ...query, offset: 0 }),
    }),
  },
  {
    fault: 'remembers the first total for ever',
    killedBy: 'the total follows insertions and deletions at once',
    alter({ listUsers }) {
      const totals = new Map<string | undefined, number>()
      return {
        async listUsers(query: UserQuery) {
          const page = await listUsers(query)
          if (page.total === undefined) return page
          const total = totals.get(query.match) ?? page.total
          totals.set(query.match, total)
          return { ...page, total }
        },
      }
    },
  },
  {
    fault: 'searches without regard to letter case',
    killedBy: 'a search compares character by character: case, accents and forms were folded before',
    alter: searching(({ searchText }, match) => searchText.toLowerCase().includes(match.toLowerCase())),
  },
  {
    fault: 'takes % and _ for wildcards',
    killedBy: 'a search takes the wildcards of LIKE as they are',
    alter: searching(({ searchText }, match) => {
      const pattern = match
        .replaceAll(/[^\w\s%]/g, '\\$&')
        .replaceAll('%', '.*')
        .replaceAll('_', '.')
      return new RegExp(pattern, 's').test(searchText)
    }),
  },
  {
    fault: 'searches every field of a user',
    killedBy: 'a search looks into the search text and nowhere else',
    alter: searching((user, match) => user.searchText.includes(match) || JSON.stringify(user).includes(match)),
  },
]
