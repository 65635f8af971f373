import { InsideTransactionError } from '../../../src/errors/index.js'
import { backgroundTask } from '../../sql/background.js'
import type { SqlDialect } from '../../sql/dialect.js'
import {
  changeRows,
  isFolded,
  type Outdated,
  type Refolded,
  type RefoldLimits,
  type RefoldStatements,
  refoldStatements,
  refoldStep,
} from '../../sql/refold.js'
import type { Statement } from '../../sql/statement.js'
import { execute, selectOne, type Work } from '../../sql/work.js'
import type { Checkpoints } from '../commit/checkpoints.js'
import { isBusy } from '../driver/driver-error.js'
import type { Runner } from '../driver/runner.js'
import type { Transact } from '../driver/transaction.js'
import { tableIn } from '../sql-dialect.js'
import type { SearchStatements } from './search-statements.js'

// These are read and folded in some 2 ms.
const usersOfStep = 500
// How many of them may change is adapted to how long the last step took.
const stepMs = 5
const fewestChanged = 16
const leastPages = 4

/** Brings the search texts of a file of an earlier version up to date. */
export interface Refolding {
  /** Does it in the background, if there is anything to do. */
  start(): void
  /** Does one step now, or none while the search index is being rebuilt: a later sweep continues. */
  step(): 'done' | 'more'
  stop(): void
}

interface RefoldingParts {
  readonly run: Runner
  /** Never inside a transaction of the host. */
  readonly transact: Transact
  readonly dialect: SqlDialect
  readonly searches: SearchStatements
  readonly checkpoints: Pick<Checkpoints, 'committed'>
}

/** A step blocks the process, so it is short. It also merges the search index, as a commit does. */
export function createRefolding({ run, transact, dialect, searches, checkpoints }: RefoldingParts): Refolding {
  const statements = refoldStatements(dialect)
  const index = indexStatements(dialect.prefix)
  let isDone = false
  let mostChanged = fewestChanged

  function* changeAndMerge(users: readonly Outdated[]): Work<void> {
    yield* changeInBulk(statements, index, users)
    yield* execute(searches.mergeIndex, { pages: Math.max(leastPages, users.length) })
  }

  /** A rebuild may or may not have reached a row: its entry cannot be changed meanwhile. */
  function* unlessReindexed(limits: RefoldLimits): Work<Refolded> {
    const isReindexed = (yield* selectOne(searches.firstToIndex, {})) !== undefined
    return isReindexed ? { outcome: 'done', changed: 0 } : yield* refoldStep(statements, limits)
  }

  function step(): 'done' | 'more' {
    // Outside the transaction, which would wait for other processes.
    isDone ||= run(isFolded(statements))
    if (isDone) return 'done'
    const limits: RefoldLimits = { most: usersOfStep, mostChanged, change: changeAndMerge }
    const { outcome, changed, tookMs } = transact(() => timed(() => run(unlessReindexed(limits))))
    const faster = stepMs / tookMs
    if (changed === mostChanged || faster < 1) mostChanged = nextOf(mostChanged, faster)
    checkpoints.committed(changed + 1)
    return outcome === 'more' ? 'more' : 'done'
  }

  const work = backgroundTask(async () => step(), isPassing)
  function start(): void {
    try {
      // Asked here rather than in the background, so that a file with nothing to refold is left alone.
      isDone ||= run(isFolded(statements))
    } catch {
      // The next call meets the same error, and reports it.
    }
    if (!isDone) work.start()
  }

  return { start, step, stop: work.stop }
}

/** Times the work without the sync of the disk, which takes as long for fewer rows. */
function timed<T extends object>(work: () => T): T & { readonly tookMs: number } {
  const start = performance.now()
  const result = work()
  return { ...result, tookMs: performance.now() - start }
}

function nextOf(mostChanged: number, faster: number): number {
  return Math.max(fewestChanged, Math.min(usersOfStep, Math.floor(mostChanged * Math.min(2, faster))))
}

/** A lock of another process, or a transaction of the host, is over soon. */
function isPassing(error: unknown): boolean {
  return isBusy(error) || error instanceof InsideTransactionError
}

/**
 * Changes rows and their entries in the search index together. The triggers would do it one by one: each change would
 * become a segment of the index, at several times the cost.
 */
function* changeInBulk(
  statements: RefoldStatements,
  index: ReturnType<typeof indexStatements>,
  users: readonly Outdated[],
): Work<void> {
  const seqs = JSON.stringify(users.map(({ seq }) => seq))
  yield* execute(index.suspendTriggers, {})
  yield* execute(index.removeEntries, { seqs })
  yield* changeRows(statements, users)
  yield* execute(index.addEntries, { seqs })
  yield* execute(index.resumeTriggers, {})
}

function indexStatements(prefix: string) {
  const name = tableIn(prefix)
  const index = name('users_search')
  const entries = `from ${name('users_searched')} where seq in (select value from json_each(?))`
  const ofSeqs = (sql: string): Statement => ({ sql, values: (args) => [Reflect.get(args, 'seqs')] })
  const withoutValues = (sql: string): Statement => ({ sql, values: () => [] })
  return {
    suspendTriggers: withoutValues(`insert into ${name('users_to_index')} values (0)`),
    removeEntries: ofSeqs(
      `insert into ${index} (${index}, rowid, search_text) select 'delete', seq, search_text ${entries}`,
    ),
    addEntries: ofSeqs(`insert into ${index} (rowid, search_text) select seq, search_text ${entries}`),
    resumeTriggers: withoutValues(`delete from ${name('users_to_index')}`),
  }
}
