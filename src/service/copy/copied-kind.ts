import { setImmediate as otherWork } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { limits } from '../../domain/limits.js'
import type { Page } from '../../domain/page.js'
import { searchText } from '../../domain/search-text.js'
import { type CopiedKind, CopyCollisionError } from '../../errors/index.js'
import type { Change, UsersStorage, Walk } from '../../ports/storage.js'
import { conflictReason } from '../runtime/retries.js'

/** How much of the source the target has. */
export interface Copied {
  readonly users: number
  readonly sessions: number
  readonly activity: number
  readonly tombstones: number
}

/** Is told of each step. Throws to end the copy. */
export type CopyStep = (kind: keyof Copied, count: number) => void

/** What is copied, in this order: a session and an entry need their user. */
export function copiedKinds(source: UsersStorage, target: UsersStorage, step: CopyStep) {
  const kind = <T extends { readonly id: string }>(
    what: CopiedKind,
    name: keyof Copied,
    list: (storage: UsersStorage, walk: Walk) => Promise<Page<T>>,
    change: (item: T) => Change,
  ) => copiedKind({ what, list, change, source, target, step: (count) => step(name, count) })
  return [
    kind(
      'user',
      'users',
      async (storage, walk) => {
        const page = await storage.listUsers({ ...walk, offset: 0, order: 'oldest-first', total: 'none' })
        // A storage may still hold search texts of an earlier version.
        return { ...page, items: page.items.map((user) => ({ ...user, searchText: searchText(user) })) }
      },
      (user) => ({ op: 'insertUser', user }),
    ),
    kind(
      'session',
      'sessions',
      (storage, walk) => storage.listAllSessions(walk),
      (session) => ({ op: 'insertSession', session }),
    ),
    kind(
      'activity',
      'activity',
      (storage, walk) => storage.listAllActivity(walk),
      (activity) => ({ op: 'appendActivity', activity }),
    ),
    kind(
      'tombstone',
      'tombstones',
      (storage, walk) => storage.listTombstones(walk),
      (tombstone) => ({ op: 'insertTombstone', tombstone }),
    ),
  ]
}

/**
 * One kind of record, of which the target holds as many as were copied so far, in the order of the source: a copy goes
 * on behind the last record that both have, and needs no notes of its own.
 */
function copiedKind<T extends { readonly id: string }>(kind: {
  readonly what: CopiedKind
  readonly source: UsersStorage
  readonly target: UsersStorage
  list(storage: UsersStorage, walk: Walk): Promise<Page<T>>
  change(item: T): Change
  step(count: number): void
}) {
  const { what, source, target, change, step } = kind
  const left = walked((walk) => kind.list(source, walk))

  /** Commits records one by one, so that those before the one that collides are copied, and it has a name. */
  async function commitEach(items: readonly T[]): Promise<void> {
    for (const item of items) {
      try {
        await target.commit([change(item)])
      } catch (error) {
        throw conflictReason(error) ? new CopyCollisionError(what, item.id, { cause: error }) : error
      }
    }
  }

  async function commit(items: readonly T[]): Promise<void> {
    try {
      await target.commit(items.map(change))
    } catch (error) {
      if (!conflictReason(error)) throw error
      await commitEach(items)
    }
  }

  return {
    /** @throws {CopyCollisionError} when the target has anything but a first part of the source. */
    async compare(): Promise<void> {
      let count = 0
      for await (const copy of walked((walk) => kind.list(target, walk))) {
        const { value: original } = await left.next()
        if (!original || !isSame(original, copy)) throw new CopyCollisionError(what, (original ?? copy).id)
        if (++count % limits.copyStep === 0) step(limits.copyStep)
      }
      step(count % limits.copyStep)
    },

    async copyRest(): Promise<void> {
      for (;;) {
        const items: T[] = []
        while (items.length < limits.copyStep) {
          const { value } = await left.next()
          if (!value) break
          items.push(value)
        }
        if (items.length === 0) return
        await commit(items)
        step(items.length)
      }
    },
  }
}

/** All records of a list, a page at a time, with room for other work between two pages. */
async function* walked<T>(list: (walk: Walk) => Promise<Page<T>>): AsyncGenerator<T, undefined> {
  let after: string | undefined
  do {
    const page = await list({ limit: limits.copyStep, ...(after !== undefined && { after }) })
    yield* page.items
    after = page.next
    await otherWork()
  } while (after !== undefined)
}

/** Whether two storages give back the same record. Whether a field that is not there is absent is a storage's own way. */
function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one, other) || isDeepStrictEqual(plain(one), plain(other))
}

function plain(record: unknown): unknown {
  return JSON.parse(JSON.stringify(record))
}
