import type Database from 'better-sqlite3'
import { expect } from 'vitest'

/** The search index has each user as the table has them, their counts are right, and nobody is still to be indexed. */
export function requireIndexed(handle: Database.Database): void {
  // With rank 1 the index is compared with what it is of, and not only with itself.
  handle.exec(`insert into rollbook_users_search (rollbook_users_search, rank) values ('integrity-check', 1)`)
  const blocks = handle.prepare('select block, users from rollbook_user_blocks order by block').all()
  const counted = 'select seq >> 10 as block, count(*) as users from rollbook_users group by 1 order by 1'
  expect(blocks).toEqual(handle.prepare(counted).all())
  expect(handle.prepare('select * from rollbook_users_to_index').all()).toEqual([])
}
