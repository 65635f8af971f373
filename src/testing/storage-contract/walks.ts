import assert from 'node:assert/strict'
import type { Page } from '../../domain/page.js'
import { recordKinds } from '../../ports/kinds.js'
import type { Range, RecordKind, UsersStorage } from '../../ports/storage.js'

type WithId = { readonly id: string }
type PageAt = Pick<Range, 'limit' | 'offset'> & { readonly after?: string }

/** Returns the ids of a page. */
export function idsOf({ items }: Page<WithId>): string[] {
  return items.map(({ id }) => id)
}

/**
 * Follows `next` from page to page and answers all ids.
 *
 * @param between - runs between two pages, for what happens to a list while somebody walks it.
 */
export async function walked(
  limit: number,
  pageAt: (range: PageAt) => Promise<Page<WithId>>,
  between: (pages: number) => Promise<void> = async () => {},
): Promise<string[]> {
  const ids: string[] = []
  let after: string | undefined
  // Bounded, so that a storage whose pages never end fails instead of hanging.
  for (let pages = 1; pages < 1000; pages++) {
    const page = await pageAt({ limit, offset: 0, ...(after !== undefined && { after }) })
    assert.ok(page.items.length <= limit, 'a page has more than it was asked for')
    ids.push(...idsOf(page))
    after = page.next
    if (after === undefined) return ids
    await between(pages)
  }
  throw new assert.AssertionError({ message: 'the pages never end' })
}

/** Steps through a list by offsets and answers all ids. */
export async function stepped(limit: number, pageAt: (range: PageAt) => Promise<Page<WithId>>): Promise<string[]> {
  const ids: string[] = []
  for (let offset = 0; offset < 10_000; offset += limit) {
    const page = await pageAt({ limit, offset })
    if (page.items.length === 0) return ids
    ids.push(...idsOf(page))
  }
  throw new assert.AssertionError({ message: 'the pages never end' })
}

/** All records of each kind, in walks of one part. */
export async function everythingIn(storage: UsersStorage): Promise<Partial<Record<RecordKind, readonly unknown[]>>> {
  const everything: Partial<Record<RecordKind, readonly unknown[]>> = {}
  for (const kind of recordKinds) everything[kind] = (await storage.walk(kind, { limit: 10_000 })).items
  return everything
}

/** The ids of all users, in pages that nobody notices. */
export function userIds(storage: UsersStorage, match?: string): Promise<string[]> {
  return walked(100, (range) =>
    storage.listUsers({ ...range, order: 'oldest-first', total: 'none', ...(match !== undefined && { match }) }),
  )
}
