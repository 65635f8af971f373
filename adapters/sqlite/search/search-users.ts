import type { Page } from '../../../src/domain/page.js'
import type { UserRecord } from '../../../src/domain/user.js'
import { rowAt, rowPosition } from '../../../src/ports/positions.js'
import type { UserQuery } from '../../../src/ports/storage.js'
import { toUserRecord, type UserRow } from '../../sql/kinds/users.js'
import { listStart, mostRows, totalOf } from '../../sql/page-of-rows.js'
import { gramLength } from '../../sql/trigrams.js'
import { selectAll, selectOne } from '../../sql/work.js'
import type { Runner } from '../driver/runner.js'
import { checkedMatches, exactMatches, type Matches, scannedMatches } from './matches.js'
import { planSearch } from './search-plan.js'
import { lastUser, type SearchStatements } from './search-statements.js'
import { shortTermMatches } from './short-term.js'
import { emptySample, isOutgrown, takeSample } from './user-sample.js'

/** Creates the search. A long search lets other work run in between, so it does not see a single state. */
export function createSearch(run: Runner, statements: SearchStatements) {
  let sample = emptySample

  async function matchesOf(match: string): Promise<Matches> {
    const last = run(lastUser(statements))
    // During a rebuild the index lacks users.
    if (run(selectOne(statements.firstToIndex, {}))) return scannedMatches(run, statements, match, last)
    if ([...match].length < gramLength) return shortTermMatches(run, statements, match, last)
    if (isOutgrown(sample, last)) sample = await takeSample(run, statements, last)
    const plan = planSearch(match, sample)
    return plan.isExact ? exactMatches(run, statements, plan.terms) : checkedMatches(run, statements, match, plan)
  }

  return async function searchUsers(query: UserSearch): Promise<Page<UserRecord>> {
    const { match, order, limit, offset, total } = query
    const matches = await matchesOf(match)
    const after = query.after === undefined ? listStart[order] : rowAt(query.after)
    // One more than asked for shows whether anything follows.
    const found = await matches.find({ order, after, offset, most: limit + 1 })
    const shown = found.slice(0, limit)
    const last = shown.at(-1)
    const rows = run(selectAll<UserRow>(statements.usersAt[order], { seqs: JSON.stringify(shown) }))
    // Some may have been deleted or changed since they were found.
    const items = rows.map(toUserRecord).filter(({ searchText }) => searchText.includes(match))

    async function count(): Promise<number> {
      const areAll = offset === 0 && query.after === undefined && found.length <= limit
      return areAll ? items.length : matches.count(mostRows(total))
    }
    return {
      items,
      ...(last && found.length > limit && { next: rowPosition(last) }),
      ...(total !== 'none' && totalOf(await count(), total)),
    }
  }
}

/** A query that looks for a text. */
export interface UserSearch extends UserQuery {
  readonly match: string
}

export function isSearch(query: UserQuery): query is UserSearch {
  return query.match !== undefined
}
