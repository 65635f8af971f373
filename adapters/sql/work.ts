import type { Statement } from './statement.js'

/**
 * Work to do in a database: a generator that yields one statement after another and is sent the result of each. So one
 * program runs on a driver that returns results at once, and on one that returns promises.
 */
export type Work<T> = Generator<Query, T, unknown>

/** A statement to run. Its result is the first row, all rows, how many rows it changed, or nothing. */
export interface Query {
  readonly result: 'row' | 'rows' | 'changes' | 'none'
  readonly statement: Statement
  readonly args: object
}

// The shape of a result follows from the statement, which the caller knows.

export function* selectOne<Row>(statement: Statement, args: object): Work<Row | undefined> {
  return (yield { result: 'row', statement, args }) as Row | undefined
}

export function* selectAll<Row>(statement: Statement, args: object): Work<readonly Row[]> {
  return (yield { result: 'rows', statement, args }) as readonly Row[]
}

/** Returns how many rows the statement changed. */
export function* execute(statement: Statement, args: object): Work<number> {
  return (yield { result: 'changes', statement, args }) as number
}

/** Runs any number of statements that take no values. */
export function* executeScript(sql: string): Work<void> {
  yield { result: 'none', statement: { sql, values: () => [] }, args: {} }
}

/** Runs work on a driver that returns results at once. */
export function runNow<T>(work: Work<T>, resultOf: (query: Query) => unknown): T {
  let step = work.next()
  while (!step.done) step = work.next(resultOf(step.value))
  return step.value
}

/** Runs work on a driver that returns promises. */
export async function runLater<T>(work: Work<T>, resultOf: (query: Query) => Promise<unknown>): Promise<T> {
  let step = work.next()
  while (!step.done) step = work.next(await resultOf(step.value))
  return step.value
}
