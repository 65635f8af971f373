import { foldVersion, searchText } from '../../src/domain/search-text.js'
import type { StepOutcome } from './background.js'
import { compiler, type SqlDialect } from './dialect.js'
import type { UserTable } from './kinds/users.js'
import { arg } from './statement.js'
import { execute, selectAll, selectOne, type Work } from './work.js'

const dayMs = 24 * 60 * 60 * 1000

export type RefoldStatements = ReturnType<typeof refoldStatements>

/** Compiles the statements that bring the search texts of an earlier version up to date. */
export function refoldStatements(dialect: SqlDialect) {
  const { sql, locksRows } = dialect
  const db = dialect.db.withTables<UserTable>()
  const { made, raw } = compiler(dialect)
  const migrations = sql.table('rollbook_migrations')
  const progress = sql.table('rollbook_fold_progress')
  return {
    // Runs once or twice on a connection, too rarely for a prepared statement.
    oldestFold: {
      ...raw(sql`select min(fold_version) as version from ${migrations}`),
      isPlannedAnew: true as const,
    },
    /** Locked, so that one of several processes does the work: the others get no row. */
    progress: raw(
      locksRows
        ? sql`select through, pass, due_at from ${progress} for update skip locked`
        : sql`select through, pass, due_at from ${progress}`,
    ),
    usersAfter: made(
      db
        .selectFrom('rollbook_users')
        .select(['seq', 'id', 'name', 'email', 'search_text'])
        .where('seq', '>', arg<number>('through'))
        .orderBy('seq')
        .limit(arg<number>('limit')),
    ),
    /** Skips a user whom somebody has changed meanwhile: the new text is folded already. */
    refold: made(
      db
        .updateTable('rollbook_users')
        .set({ search_text: arg<string>('search_text') })
        .where('seq', '=', arg<number>('seq'))
        .where('name', '=', arg<string>('name'))
        .where('email', '=', arg<string>('email')),
    ),
    note: raw(sql`update ${progress} set through = ${arg('through')}, pass = ${arg('pass')}, due_at = ${arg('dueAt')}`),
    finish: raw(sql`update ${migrations} set fold_version = ${arg('version')}`),
  }
}

/**
 * The table of one row that says how far refolding has come: up to which user, in which pass, and when it continues. It has
 * a key, because sweeps do not rewrite an SQLite file that has a table with implicit row numbers.
 */
export function foldProgressTable({ table, wholeNumber }: SqlDialect): string {
  const progress = table('fold_progress')
  return `
    create table ${progress} (id integer primary key, through ${wholeNumber} not null, pass ${wholeNumber} not null,
      due_at ${wholeNumber} not null);
    insert into ${progress} values (1, 0, 1, 0);`
}

/** A user whose search text is out of date. */
export interface Outdated {
  readonly seq: number
  readonly name: string
  readonly email: string
  /** The new one. */
  readonly search_text: string
}

export interface RefoldLimits {
  /** How many users to look at. */
  readonly most: number
  readonly mostChanged: number
  /** Changes the rows, and whatever is derived from them. */
  readonly change: (users: readonly Outdated[]) => Work<void>
}

/** What a step has done. */
export interface Refolded {
  readonly outcome: StepOutcome
  /** How many users were changed. */
  readonly changed: number
}

/**
 * Refolds some users, in one transaction of the caller, and notes how far it came. A second pass follows a day after the
 * first: until then a process of the previous release may have written texts as it folds them.
 */
export function* refoldStep(statements: RefoldStatements, limits: RefoldLimits): Work<Refolded> {
  if (yield* isFolded(statements)) return { outcome: 'done', changed: 0 }
  const progress = yield* selectOne<{ through: number; pass: number; due_at: number }>(statements.progress, {})
  if (!progress) return { outcome: 'elsewhere', changed: 0 }
  // Some drivers return integers of 64 bits as text.
  const [from, pass, dueAt] = [progress.through, progress.pass, progress.due_at].map(Number)
  if (Number(dueAt) > Date.now()) return { outcome: 'done', changed: 0 }
  const users = yield* selectAll<FoldedUser>(statements.usersAfter, { through: from, limit: limits.most })
  const outdated: Outdated[] = []
  let through = from
  for (const { seq, id, name, email, search_text } of users) {
    if (outdated.length === limits.mostChanged) break
    through = seq
    // A damaged row is an error to those who read it. Here it must not keep later rows from being refolded.
    if (typeof name !== 'string' || typeof email !== 'string') continue
    const text = searchText({ id, name, email })
    if (text !== search_text) outdated.push({ seq, name, email, search_text: text })
  }
  if (outdated.length > 0) yield* limits.change(outdated)
  const changed = outdated.length
  if (users.length === limits.most || through !== (users.at(-1)?.seq ?? through)) {
    yield* execute(statements.note, { through, pass, dueAt: 0 })
    return { outcome: 'more', changed }
  }
  if (pass === 1) yield* execute(statements.note, { through: 0, pass: 2, dueAt: Date.now() + dayMs })
  else yield* execute(statements.finish, { version: foldVersion })
  return { outcome: 'done', changed }
}

/** Changes rows one by one. */
export function* changeRows(statements: RefoldStatements, users: readonly Outdated[]): Work<void> {
  for (const user of users) yield* execute(statements.refold, user)
}

interface FoldedUser {
  readonly seq: number
  readonly id: string
  readonly name: unknown
  readonly email: unknown
  readonly search_text: string
}

/** Returns whether no search text of an earlier version is left. */
export function* isFolded(statements: RefoldStatements): Work<boolean> {
  const oldest = yield* selectOne<{ version: number | null }>(statements.oldestFold, {})
  return (oldest?.version ?? foldVersion) >= foldVersion
}
