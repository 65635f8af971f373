import { InsideTransactionError } from '../../../src/errors/index.js'
import { beside } from '../../sql/beside.js'
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
import { run as change, get, type Work } from '../../sql/work.js'
import type { Checkpoints } from '../commit/checkpoints.js'
import { isBusy } from '../driver/driver-error.js'
import type { Runner } from '../driver/runner.js'
import type { Transact } from '../driver/transaction.js'
import { tableIn } from '../sql-dialect.js'
import type { SearchStatements } from './search-statements.js'

// Read and folded in some 2 ms.
const usersOfStep = 500
// How many of them may change follows from how long it took the last time.
const stepMs = 5
const fewestChanged = 16
const leastPages = 4

/** Brings the search texts of a file of an earlier version up to date. */
export interface Refolding {
  /** Does it beside whatever else the process does, if there is anything to do. */
  start(): void
  /** Does one step of it now, or none while the search index is being made anew: the next sweep goes on then. */
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

/** The process does nothing else while a step is made: it is short, and the search index is merged in it as in a commit. */
export function createRefolding({ run, transact, dialect, searches, checkpoints }: RefoldingParts): Refolding {
  const statements = refoldStatements(dialect)
  const index = indexStatements(dialect.prefix)
  let isDone = false
  let mostChanged = fewestChanged

  function* changeAndMerge(users: readonly Outdated[]): Work<void> {
    yield* changeTogether(statements, index, users)
    yield* change(searches.mergeIndex, { pages: Math.max(leastPages, users.length) })
  }

  /** While the index is being made anew, it cannot follow a row of which it is not known whether it is in there. */
  function* unlessReindexed(limits: RefoldLimits): Work<Refolded> {
    const isReindexed = (yield* get(searches.firstToIndex, {})) !== undefined
    return isReindexed ? { outcome: 'done', changed: 0 } : yield* refoldStep(statements, limits)
  }

  function step(): 'done' | 'more' {
    // Without a transaction, which would wait for other processes.
    isDone ||= run(isFolded(statements))
    if (isDone) return 'done'
    const limits: RefoldLimits = { most: usersOfStep, mostChanged, change: changeAndMerge }
    const { outcome, changed, tookMs } = transact(() => timed(() => run(unlessReindexed(limits))))
    const faster = stepMs / tookMs
    if (changed === mostChanged || faster < 1) mostChanged = nextOf(mostChanged, faster)
    checkpoints.committed(changed + 1)
    return outcome === 'more' ? 'more' : 'done'
  }

  // A lock of another process, or a transaction of the host, is over soon.
  const work = beside(async () => step(), isInTheWay)
  function start(): void {
    try {
      // Asked here, and not beside: then a file with nothing to fold is left alone.
      isDone ||= run(isFolded(statements))
    } catch {
      // Whoever reads next is told.
    }
    if (!isDone) work.start()
  }

  return { start, step, stop: work.stop }
}

/** How long the work takes: how long the disk does, is not for the number of rows to mend. */
function timed<T extends object>(work: () => T): T & { readonly tookMs: number } {
  const start = performance.now()
  const result = work()
  return { ...result, tookMs: performance.now() - start }
}

function nextOf(mostChanged: number, faster: number): number {
  return Math.max(fewestChanged, Math.min(usersOfStep, Math.floor(mostChanged * Math.min(2, faster))))
}

function isInTheWay(error: unknown): boolean {
  return isBusy(error) || error instanceof InsideTransactionError
}

/**
 * Changes rows and their entries in the search index, which the triggers would do one by one: each would become a segment
 * of the index, at several times the cost.
 */
function* changeTogether(
  statements: RefoldStatements,
  index: ReturnType<typeof indexStatements>,
  users: readonly Outdated[],
): Work<void> {
  const seqs = JSON.stringify(users.map(({ seq }) => seq))
  yield* change(index.leaveOut, {})
  yield* change(index.takeOut, { seqs })
  yield* changeRows(statements, users)
  yield* change(index.putIn, { seqs })
  yield* change(index.leaveOutNobody, {})
}

function indexStatements(prefix: string) {
  const name = tableIn(prefix)
  const index = name('users_search')
  const entries = `from ${name('users_searched')} where seq in (select value from json_each(?))`
  const ofSeqs = (sql: string): Statement => ({ sql, values: (args) => [Reflect.get(args, 'seqs')] })
  const alone = (sql: string): Statement => ({ sql, values: () => [] })
  return {
    /** From here on, the triggers leave the index alone. */
    leaveOut: alone(`insert into ${name('users_to_index')} values (0)`),
    takeOut: ofSeqs(`insert into ${index} (${index}, rowid, search_text) select 'delete', seq, search_text ${entries}`),
    putIn: ofSeqs(`insert into ${index} (rowid, search_text) select seq, search_text ${entries}`),
    leaveOutNobody: alone(`delete from ${name('users_to_index')}`),
  }
}
