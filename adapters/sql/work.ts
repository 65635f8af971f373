import type { Statement } from './statement.js'

/**
 * What is to be done in a database, as a program that yields one statement after another and is given its answer: the
 * same program runs on a driver that answers at once and on one that answers later.
 */
export type Work<T> = Generator<Query, T, unknown>

/** A statement to run. Its answer is the first row, all rows, or how many rows it changed. */
export interface Query {
  readonly answer: 'row' | 'rows' | 'changes'
  readonly statement: Statement
  readonly args: object
}

// In all three the shape of the answer is that of the statement, as the caller knows.

export function* get<Row>(statement: Statement, args: object): Work<Row | undefined> {
  return (yield { answer: 'row', statement, args }) as Row | undefined
}

export function* all<Row>(statement: Statement, args: object): Work<readonly Row[]> {
  return (yield { answer: 'rows', statement, args }) as readonly Row[]
}

export function* run(statement: Statement, args: object): Work<number> {
  return (yield { answer: 'changes', statement, args }) as number
}
