import { setImmediate as otherWork } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { limits } from '../../domain/limits.js'
import { searchText } from '../../domain/search-text.js'
import { CopyCollisionError } from '../../errors/index.js'
import { kinds } from '../../ports/kinds.js'
import type { RecordKind, RecordOf, UsersStorage } from '../../ports/storage.js'
import { conflictReason } from '../runtime/retries.js'

/** How much of the source the target has. */
export type Copied = Readonly<Record<RecordKind, number>>

/** Called after each step. Throws to end the copy. */
export type CopyStep = (kind: RecordKind, count: number) => void

interface Copying {
  readonly source: UsersStorage
  readonly target: UsersStorage
  readonly step: CopyStep
}

/**
 * Copies one record kind. The target always holds a prefix of the source, so a restart resumes behind it without stored
 * state.
 */
export function copiedKind<Kind extends RecordKind>(kind: Kind, { source, target, step }: Copying) {
  const { singular, insertion } = kinds[kind]
  const left = walked(source, kind)

  /** Commits records one by one, so that those before the one that collides are copied, and it has a name. */
  async function commitEach(items: readonly RecordOf<Kind>[]): Promise<void> {
    for (const item of items) {
      try {
        await target.commit([insertion(item)])
      } catch (error) {
        throw conflictReason(error) ? new CopyCollisionError(singular, item.id, { cause: error }) : error
      }
    }
  }

  async function commit(items: readonly RecordOf<Kind>[]): Promise<void> {
    try {
      await target.commit(items.map(insertion))
    } catch (error) {
      if (!conflictReason(error)) throw error
      await commitEach(items)
    }
  }

  return {
    /** @throws {CopyCollisionError} when the target has anything but a first part of the source. */
    async compare(): Promise<void> {
      let count = 0
      for await (const copy of walked(target, kind)) {
        const { value: original } = await left.next()
        if (!original || !isSame(original, copy)) throw new CopyCollisionError(singular, (original ?? copy).id)
        if (++count % limits.copyStep === 0) step(kind, limits.copyStep)
      }
      step(kind, count % limits.copyStep)
    },

    async copyRest(): Promise<void> {
      for (;;) {
        const items: RecordOf<Kind>[] = []
        while (items.length < limits.copyStep) {
          const { value } = await left.next()
          if (!value) break
          items.push(value)
        }
        if (items.length === 0) return
        await commit(items)
        step(kind, items.length)
      }
    },
  }
}

/** Brings a record of an earlier version up to date: a storage may still hold its search texts. */
const current: { readonly [Kind in RecordKind]?: (record: RecordOf<Kind>) => RecordOf<Kind> } = {
  users: (user) => ({ ...user, searchText: searchText(user) }),
}

/** All records of a kind, a page at a time, with room for other work between two pages. */
async function* walked<Kind extends RecordKind>(
  storage: UsersStorage,
  kind: Kind,
): AsyncGenerator<RecordOf<Kind>, undefined> {
  let after: string | undefined
  do {
    const page = await storage.walk(kind, { limit: limits.copyStep, ...(after !== undefined && { after }) })
    for (const record of page.items) yield current[kind]?.(record) ?? record
    after = page.next
    await otherWork()
  } while (after !== undefined)
}

/**
 * Returns whether two storages return the same record. A missing field may be absent or `undefined`, as a storage likes.
 */
function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one, other) || isDeepStrictEqual(plain(one), plain(other))
}

function plain(record: unknown): unknown {
  return JSON.parse(JSON.stringify(record))
}
