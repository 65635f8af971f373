import type { UserOrder } from '../domain/page.js'

/** Chooses a part of a list. */
export interface ListQuery {
  /** 0 to 100; 25 when absent. */
  readonly limit?: number | undefined
  /** Items to skip. */
  readonly offset?: number | undefined
  /** The `next` of an earlier page: goes on behind it, at the cost of a first page. */
  readonly after?: string | undefined
  /** Whether to count: exact without a search, and up to 5,000 matches with one. */
  readonly total?: boolean | undefined
}

/** Chooses a part of the list of users. */
export interface ListUsersQuery extends ListQuery {
  /** Only users whose name, email or id contains this text, whatever the case and the accents. */
  readonly search?: string | undefined
  /** By registration; `oldest-first` when absent. */
  readonly order?: UserOrder | undefined
}

/** Which users a walk goes through, and how. */
export interface IterateUsersQuery extends Pick<ListUsersQuery, 'search' | 'order'> {
  /** Users that are read at once: 1 to 100, and 100 when absent. */
  readonly pageSize?: number | undefined
}
