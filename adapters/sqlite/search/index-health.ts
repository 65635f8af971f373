import { StorageFailedError } from '../../../src/errors/index.js'
import { mayBeDamage } from '../driver/driver-error.js'
import type { SqliteHandle } from '../driver/handle.js'
import { tableIn } from '../sql-dialect.js'
import { blockBits } from './index-schema.js'

// A user is looked up in some 50 µs, and a block counted in some 100 µs.
const sampledUsers = 24
const sampledBlocks = 4

/** What a search needs besides the table of users. */
export const indexParts: Readonly<Record<'view' | 'table' | 'trigger', readonly string[]>> = {
  view: ['users_searched'],
  table: ['search_terms', 'users_search', 'user_blocks', 'users_to_index'],
  trigger: ['user_counted', 'user_added', 'user_renamed', 'user_uncounted', 'user_removed'],
}
const shadowTables = ['users_search_data', 'users_search_idx', 'users_search_config']

/**
 * Says what is wrong with the search index, as far as a quick look shows it: an index that has lost parts or users would
 * hide users silently. It looks at a few rows, however many there are; FTS5's own check would read everything.
 */
export function indexDamage(handle: SqliteHandle, prefix: string): string | undefined {
  const names = handle.prepare(`select name from sqlite_master where substr(name, 1, ?) = ?`).all(prefix.length, prefix)
  // The shape of a row is that of the query.
  const there = new Set((names as { name: string }[]).map(({ name }) => name))
  const parts = [...Object.values(indexParts).flat(), ...shadowTables].map((part) => prefix + part)
  const missing = parts.filter((part) => !there.has(part))
  if (missing.length > 0) return `missing: ${missing.join(', ')}`
  try {
    return differenceIn(handle, prefix)
  } catch (error) {
    if (!isUnreadable(error)) throw error
    return `cannot be read: ${error.message}`
  }
}

/** Watches over the search index of an open database: a search must throw rather than hide users. */
export interface IndexGuard {
  /** Looks once, when the tables are known to be there. */
  look(): void
  /**
   * Looks again where the index was damaged, for another process may have mended it.
   *
   * @throws {StorageFailedError} `index`, while it is damaged.
   */
  require(): void
  /** Returns whether an operation failed because the index is damaged. */
  isCauseOf(error: unknown): boolean
}

export function createIndexGuard(handle: SqliteHandle, prefix: string): IndexGuard {
  let damage: string | undefined
  return {
    look() {
      damage = indexDamage(handle, prefix)
    },
    require() {
      if (damage !== undefined) damage = indexDamage(handle, prefix)
      if (damage !== undefined) throw new StorageFailedError('index', { cause: new Error(damage) })
    },
    isCauseOf(error) {
      try {
        return mayBeDamage(error) && indexDamage(handle, prefix) !== undefined
      } catch {
        // More than the index is damaged.
        return false
      }
    },
  }
}

function differenceIn(handle: SqliteHandle, prefix: string): string | undefined {
  const name = tableIn(prefix)
  const number = numberReader(handle)
  const last = number(`select max(seq) from ${name('users')}`) ?? 0
  const firstMissing = number(`select min(first_seq) from ${name('users_to_index')}`)
  const counted = number(`select sum(users) from ${name('user_blocks')}`) ?? 0
  const indexed = indexedUsers(handle, prefix)
  if (firstMissing === null && indexed !== counted) return `${indexed} users are in it, of ${counted}`

  const from = handle.prepare(`select seq, search_text from ${name('users')} where seq >= ? order by seq limit 1`)
  const holds = `select count(*) from ${name('users_search')}
    where ${name('users_search')} match ? and rowid = cast(? as integer)`
  for (const place of spread(last, sampledUsers)) {
    const user = from.get(place) as { seq: number; search_text: string } | undefined
    if (!user || (firstMissing !== null && user.seq >= firstMissing)) continue
    if (number(holds, aTrigramOf(user.search_text), user.seq) !== 1) return 'users are missing from it'
  }
  for (const block of new Set(spread(last, sampledBlocks).map((seq) => seq >> blockBits))) {
    const size = 2 ** blockBits
    const range = [block * size, (block + 1) * size]
    const users = number(`select count(*) from ${name('users')} where seq >= ? and seq < ?`, ...range)
    const inBlock = number(`select users from ${name('user_blocks')} where block = ?`, block) ?? 0
    if (users !== inBlock) return 'its counts of users are wrong'
  }
  return undefined
}

/** Returns a function that reads the single number of a query. */
export function numberReader(handle: SqliteHandle): (sql: string, ...values: unknown[]) => number | null {
  return (sql, ...values) => {
    // The shape of the row is that of the query.
    const row = handle.prepare(`select (${sql}) as number`).get(...values) as { number: number | null }
    return row.number
  }
}

/** Returns how many users FTS5 has indexed: the first number of its averages record, in seven bits a byte. */
export function indexedUsers(handle: SqliteHandle, prefix: string): number {
  const row = handle.prepare(`select block from ${tableIn(prefix)('users_search_data')} where id = 1`).get()
  // The shape of the row is that of the query.
  const bytes = (row as { block: Uint8Array | null } | undefined)?.block ?? []
  let users = 0
  for (const byte of bytes) {
    users = users * 128 + (byte & 127)
    if (byte < 128) break
  }
  return users
}

function spread(last: number, places: number): readonly number[] {
  return [...new Set(Array.from({ length: places }, (_, index) => Math.ceil((last * (index + 1)) / places)))]
}

/** Returns a trigram from the middle, as a query of FTS5. */
function aTrigramOf(searchText: string): string {
  const characters = [...searchText, '\n', '\n']
  const middle = Math.max(0, Math.floor(characters.length / 2) - 2)
  return `"${characters
    .slice(middle, middle + 3)
    .join('')
    .replaceAll('"', '""')}"`
}

function isUnreadable(error: unknown): error is Error {
  return error instanceof Error && /corrupt|malformed|SQL logic error|no such|vtable/i.test(error.message)
}
