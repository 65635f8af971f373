import type { Generated } from 'kysely'
import { isPlainObject, type JsonObject } from '../../src/domain/json.js'
import { type UserStatus, userStatuses } from '../../src/domain/user.js'
import { type ConflictReason, StorageFailedError } from '../../src/errors/index.js'
import type { RecordKind, RecordOf, SweepRequest, SweptKind } from '../../src/ports/storage.js'

/**
 * What a column holds; with a `?` it may be null. Only text and whole numbers are stored, which every database returns as
 * they were: a date as milliseconds since 1970, a boolean as 0 or 1, JSON as text.
 */
export type Columns = Readonly<Record<string, ColumnType | `${ColumnType}?`>>
type ColumnType = keyof Stored

interface Stored {
  text: string
  json: string
  date: number
  boolean: number
  /** A whole number of at least 0. */
  count: number
}

/** A row of a table with these columns. */
export type RowOf<Known extends Columns> = {
  [Name in keyof Known]: Known[Name] extends `${infer Type extends ColumnType}?`
    ? Stored[Type] | null
    : Known[Name] extends ColumnType
      ? Stored[Known[Name]]
      : never
}

/** How records of one kind are stored. Their table has the name of the kind. */
export interface SqlKind<Kind extends RecordKind, Row> {
  readonly columns: Columns
  /**
   * The constraints that a commit can violate when another commit was quicker, and the conflict that each stands for: the
   * one that the commit would have found a moment later. They include every key that inserts look for where a database
   * cannot ignore duplicates.
   */
  readonly conflicts?: Readonly<Record<string, ConflictReason>>
  /** The rows that a sweep deletes: by a column and a moment of its request. */
  readonly sweep?: Kind extends SweptKind ? SweptRows<Row> : never
  toRow(record: RecordOf<Kind>): Row
  /** @throws {StorageFailedError} when the row is damaged. */
  toRecord(row: Row): RecordOf<Kind>
}

export interface SweptRows<Row> {
  readonly column: keyof Row & string
  readonly comparison: '<' | '<='
  readonly moment: Exclude<keyof SweepRequest, 'limit'>
}

/** A row with the number that the database has given it. */
export type Numbered<Row> = Row & { seq: number }

/** The same, for Kysely. */
export type NumberedTable<Row> = Row & { seq: Generated<number> }

export function columnNames<Known extends Columns>(columns: Known): readonly (keyof Known & string)[] {
  return Object.keys(columns)
}

/** Returns the columns whose values are numbers. */
export function numberColumns(columns: Columns): readonly string[] {
  return columnNames(columns).filter((name) => !/^(text|json)/.test(columns[name] ?? ''))
}

/** What a `Date` can hold. */
const mostMs = 8.64e15

// The functions below read the values of a row, which someone or the disk may have damaged. A value that we cannot have
// written is reported as corrupt storage, by the name of its column alone: no value of a row belongs in a log, not even
// the part that `JSON.parse` quotes.

export function textOf(value: unknown, column: string): string {
  if (typeof value === 'string') return value
  throw damaged(column, 'not text')
}

export function optionalText(value: unknown, column: string): string | undefined {
  return value === null || value === undefined ? undefined : textOf(value, column)
}

export function dateOf(value: unknown, column: string): Date {
  // Otherwise the date would be an `Invalid Date`, or a different one.
  if (Number.isInteger(value) && Math.abs(value as number) <= mostMs) return new Date(value as number)
  throw damaged(column, 'not a time')
}

export function optionalDate(value: unknown, column: string): Date | undefined {
  return value === null || value === undefined ? undefined : dateOf(value, column)
}

export function booleanOf(value: unknown, column: string): boolean {
  if (value === 0 || value === 1) return value === 1
  throw damaged(column, 'neither 0 nor 1')
}

export function optionalCount(value: unknown, column: string): number | undefined {
  return value === null || value === undefined ? undefined : countOf(value, column)
}

/** Reads a number such as a version or an epoch. */
export function countOf(value: unknown, column: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw damaged(column, 'not a whole number of at least 0')
}

export function userStatusOf(value: unknown, column: string): UserStatus {
  const status = userStatuses.find((known) => known === value)
  if (status !== undefined) return status
  throw damaged(column, 'not a known status')
}

export function jsonObjectOf(value: unknown, column: string): JsonObject {
  const object = parsed(textOf(value, column))
  // It was parsed from JSON.
  if (isPlainObject(object)) return object as JsonObject
  throw damaged(column, 'not a JSON object')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function damaged(column: string, what: string): StorageFailedError {
  return new StorageFailedError('corrupt', { cause: new Error(`column ${column} of a row is ${what}`) })
}
