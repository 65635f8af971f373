import type { UserQuery } from '../../../src/ports/storage.js'

/** A query that looks for a text. */
export interface UserSearch extends UserQuery {
  readonly match: string
}

export function isSearch(query: UserQuery): query is UserSearch {
  return query.match !== undefined
}
