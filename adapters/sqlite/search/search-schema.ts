import type { Generated, Kysely } from 'kysely'
import type { Tables } from '../../sql/schema.js'

/** The tables of the search index, as Kysely types. */
export interface SearchTables extends Tables {
  rollbook_users_search: {
    rowid: Generated<number>
    search_text: Generated<string>
    rollbook_users_search: Generated<string>
    rank: Generated<number>
  }
  rollbook_search_terms: { term: string; doc: number }
  rollbook_users_searched: { seq: number; search_text: string }
  rollbook_users_to_index: { first_seq: number }
  rollbook_user_blocks: { block: number; users: number }
  rollbook_to_erase: { what: string; is_begun: number }
}

/** A builder of queries that knows the search index too. It compiles only: types are all it adds. */
export const withSearchTables = (db: Kysely<Tables>) => db as unknown as Kysely<SearchTables>
