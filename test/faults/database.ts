import type { UsersStorage } from '../../src/index.js'
import type { Kind } from './operations.js'

/** A way in which a statement fails. */
export interface Fault {
  readonly name: string
  /** What is found again in the causes of the error that a caller gets. */
  readonly sign: string
  /** Whether the transaction is still there and has to be taken back. */
  readonly leavesOpen: boolean
}

/** Fails a statement, once. */
export interface Injection<F extends Fault = Fault> {
  readonly statement: string
  /** How many like it run before. */
  readonly skip: number
  readonly fault: F
  /** How often it fails when it is tried again. */
  readonly times?: number
  onFailure?(): void
}

/** Aims at the statement at this place. */
export function injectionAt<F extends Fault>(statements: readonly string[], at: number, fault: F): Injection<F> {
  const statement = statements[at] ?? ''
  return { statement, skip: statements.slice(0, at).filter((text) => text === statement).length, fault }
}

/** A database whose statements can be made to fail. */
export interface FaultyDatabase<F extends Fault = Fault> {
  readonly storage: UsersStorage
  /** Another storage over the same tables, which has done nothing yet. */
  fresh(): UsersStorage
  /** Makes everything what it was at first. */
  restore(): Promise<void>
  /** Everything that is kept, as text, without what is random. */
  contents(): Promise<Record<Kind, string>>
  /** In which ways this statement can fail, by itself or inside a transaction. */
  faultsOf(statement: string, isInside: boolean): readonly F[]
  /** Runs a task and answers which statements it ran, or tried to run. */
  watch(task: () => Promise<unknown>, injection?: Injection<F>): Promise<Pick<Watched<F>, 'statements' | 'failures'>>
  /** Throws when a transaction is open, or a connection is not where it belongs. */
  requireAtRest(): void
  close(): Promise<void>
}

/** Which statements were run, and which one is to fail. */
export interface Watched<F extends Fault> {
  readonly statements: string[]
  /** The places of those that failed. */
  readonly failures: number[]
  /** Notes a statement that is about to run, and answers how it is to fail. */
  next(statement: string): F | undefined
}

export function watched<F extends Fault>(injection: Injection<F> | undefined): Watched<F> {
  const statements: string[] = []
  const failures: number[] = []
  let seen = 0
  return {
    statements,
    failures,
    next(statement) {
      const at = statements.push(statement) - 1
      if (injection?.statement !== statement || ++seen <= injection.skip) return undefined
      if (failures.length === (injection.times ?? 1)) return undefined
      failures.push(at)
      injection.onFailure?.()
      return injection.fault
    },
  }
}
