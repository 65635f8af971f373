import { foldVersion, searchText } from '../../src/domain/search-text.js'
import { compiler, type SqlDialect } from './dialect.js'
import { arg } from './statement.js'
import { all, get, run, type Work } from './work.js'

const dayMs = 24 * 60 * 60 * 1000

export type RefoldStatements = ReturnType<typeof refoldStatements>

/** Compiles the statements that bring the search texts of an earlier version up to date. */
export function refoldStatements(dialect: SqlDialect) {
  const { db, sql, locksRows } = dialect
  const { made, raw } = compiler(dialect)
  const migrations = sql.table('rollbook_migrations')
  const progress = sql.table('rollbook_fold_progress')
  return {
    // Asked once or twice on a connection, which is not worth a prepared statement.
    oldestFold: {
      ...raw(sql`select min(fold_version) as version from ${migrations}`),
      isPlannedAnew: true as const,
    },
    /** Locked, so that of several processes one does the work; no row for the others. */
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
    /** Unless somebody has changed the user meanwhile, and folded what is new. */
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
 * The table in which a storage notes how far it is: after which user, in which pass, and from when on it goes on. It has a
 * key, since an SQLite file with rows that are known by their place alone is not rewritten.
 */
export function foldProgressTable({ table, wholeNumber }: SqlDialect): string {
  const progress = table('fold_progress')
  return `
    create table ${progress} (id integer primary key, through ${wholeNumber} not null, pass ${wholeNumber} not null,
      due_at ${wholeNumber} not null);
    insert into ${progress} values (1, 0, 1, 0);`
}

/** A user whose search text is another by now. */
export interface Outdated {
  readonly seq: number
  readonly name: string
  readonly email: string
  /** As it is to be. */
  readonly search_text: string
}

export interface RefoldLimits {
  /** Users that are looked at. */
  readonly most: number
  readonly mostChanged: number
  /** Changes the rows, with whatever follows from them. */
  readonly change: (users: readonly Outdated[]) => Work<void>
}

/** How a step ended: nothing is left for now, there is more, or another process is at it. */
export interface Refolded {
  readonly outcome: 'done' | 'more' | 'elsewhere'
  /** How many users were changed. */
  readonly changed: number
}

/**
 * Folds some users anew, in one transaction of the caller, and notes how far it came. A day after the first pass comes a
 * second one: meanwhile a process of the previous release may have gone on writing as it did.
 */
export function* refoldStep(statements: RefoldStatements, limits: RefoldLimits): Work<Refolded> {
  if (yield* isFolded(statements)) return { outcome: 'done', changed: 0 }
  const progress = yield* get<{ through: number; pass: number; due_at: number }>(statements.progress, {})
  if (!progress) return { outcome: 'elsewhere', changed: 0 }
  // As numbers, whatever the driver makes of those of 64 bits.
  const [from, pass, dueAt] = [progress.through, progress.pass, progress.due_at].map(Number)
  if (Number(dueAt) > Date.now()) return { outcome: 'done', changed: 0 }
  const users = yield* all<FoldedUser>(statements.usersAfter, { through: from, limit: limits.most })
  const outdated: Outdated[] = []
  let through = from
  for (const { seq, id, name, email, search_text } of users) {
    if (outdated.length === limits.mostChanged) break
    through = seq
    // A damaged row is told of to whoever reads it, and keeps back nobody behind it.
    if (typeof name !== 'string' || typeof email !== 'string') continue
    const text = searchText({ id, name, email })
    if (text !== search_text) outdated.push({ seq, name, email, search_text: text })
  }
  if (outdated.length > 0) yield* limits.change(outdated)
  const changed = outdated.length
  if (users.length === limits.most || through !== (users.at(-1)?.seq ?? through)) {
    yield* run(statements.note, { through, pass, dueAt: 0 })
    return { outcome: 'more', changed }
  }
  if (pass === 1) yield* run(statements.note, { through: 0, pass: 2, dueAt: Date.now() + dayMs })
  else yield* run(statements.finish, { version: foldVersion })
  return { outcome: 'done', changed }
}

/** Changes the rows alone. */
export function* changeRows(statements: RefoldStatements, users: readonly Outdated[]): Work<void> {
  for (const user of users) yield* run(statements.refold, user)
}

interface FoldedUser {
  readonly seq: number
  readonly id: string
  readonly name: unknown
  readonly email: unknown
  readonly search_text: string
}

/** Whether no search text of an earlier version is left. */
export function* isFolded(statements: RefoldStatements): Work<boolean> {
  const oldest = yield* get<{ version: number | null }>(statements.oldestFold, {})
  return (oldest?.version ?? foldVersion) >= foldVersion
}
