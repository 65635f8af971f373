import { InvalidOptionsError } from '../../src/errors/index.js'
import { isNodeSqlite, type NodeSqliteHandle, type SqliteHandle } from './driver/handle.js'

/** How tables are named, and how durable a write is. */
export interface SqliteStorageOptions {
  /** What the names of our tables begin with: `rollbook_` when absent. */
  readonly prefix?: string | undefined
  /**
   * `full` when absent: an acknowledged write survives a power cut. `normal` is quicker, but a power cut may lose the last
   * commits. Only for a path: on the host's own handle, the host decides.
   */
  readonly synchronous?: 'full' | 'normal' | undefined
}

/** @throws {InvalidOptionsError} */
export function checkedSqliteOptions(database: unknown, options: SqliteStorageOptions) {
  const { prefix = 'rollbook_', synchronous = 'full', ...unknown } = options ?? {}
  const refuse = (why: string) => new InvalidOptionsError(`sqliteStorage: ${why}`)
  const isHandle =
    typeof database === 'object' && database !== null && (isBetterSqlite(database) || isNodeSqlite(database))
  if (!isHandle && (typeof database !== 'string' || database.trim() === '')) {
    throw refuse('give the path of a file, or an open database of better-sqlite3 or (Node 22.16 and newer) node:sqlite')
  }
  const [name] = Object.keys(unknown)
  if (name !== undefined) throw refuse(`${name} is not an option: prefix and synchronous are`)
  if (isHandle && isClosed(database)) throw refuse('the database is closed')
  if (typeof prefix !== 'string' || !/^(?!sqlite_)[a-z_][a-z0-9_]{0,30}$/.test(prefix)) {
    throw refuse('prefix must be at most 31 of a-z 0-9 _, with no digit first, and not begin with sqlite_')
  }
  if (synchronous !== 'full' && synchronous !== 'normal') throw refuse('synchronous must be full or normal')
  return { prefix, synchronous }
}

function isBetterSqlite(database: object): database is SqliteHandle {
  return 'prepare' in database && 'inTransaction' in database
}

function isClosed(database: SqliteHandle | NodeSqliteHandle): boolean {
  return isNodeSqlite(database) ? !database.isOpen : 'open' in database && database.open === false
}
