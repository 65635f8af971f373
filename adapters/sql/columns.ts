import type { Generated } from 'kysely'
import { isPlainObject, type JsonObject } from '../../src/domain/json.js'
import { type UserStatus, userStatuses } from '../../src/domain/user.js'
import { type ConflictReason, StorageFailedError } from '../../src/errors/index.js'
import type { RecordKind, RecordOf, SweepRequest, SweptKind } from '../../src/ports/storage.js'

/**
 * What a column holds; with a `?` it may be null. Stored are text and whole numbers alone, which every database gives back
 * as it was given them: a date is milliseconds since 1970, a boolean 0 or 1, JSON text.
 */
export type Columns = Readonly<Record<string, ColumnType | `${ColumnType}?`>>
type ColumnType = keyof Stored

interface Stored {
  text: string
  json: string
  date: number
  boolean: number
  /** A whole number from 0. */
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

/** How records of one kind are stored. Their table is called like the kind. */
export interface SqlKind<Kind extends RecordKind, Row> {
  readonly columns: Columns
  /**
   * The constraints that a commit can violate when another one was quicker, and the conflict that it has then met: the
   * same that it would have found a moment later.
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

/** A row with its number, which the database gives it. */
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

/**
 * Reads the values of a row, which a hand or a disk may have damaged. What is not as it was written is told as a corrupt
 * storage, by the name of its column alone: the words of a row are for no log, not even those that `JSON.parse` quotes.
 */

export function textOf(value: unknown, column: string): string {
  if (typeof value === 'string') return value
  throw damaged(column, 'no text')
}

export function optionalText(value: unknown, column: string): string | undefined {
  return value === null || value === undefined ? undefined : textOf(value, column)
}

export function dateOf(value: unknown, column: string): Date {
  // Of a time that no `Date` holds, and of what is no whole number, the date would be `Invalid Date`, or another one.
  if (Number.isInteger(value) && Math.abs(value as number) <= mostMs) return new Date(value as number)
  throw damaged(column, 'no time')
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

/** A number that grows, of a version or an epoch. */
export function countOf(value: unknown, column: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw damaged(column, 'no whole number from 0')
}

export function statusOf(value: unknown, column: string): UserStatus {
  const status = userStatuses.find((known) => known === value)
  if (status !== undefined) return status
  throw damaged(column, 'no known status')
}

export function jsonObjectOf(value: unknown, column: string): JsonObject {
  const object = parsed(textOf(value, column))
  // Parsed out of JSON, and no list.
  if (isPlainObject(object)) return object as JsonObject
  throw damaged(column, 'no JSON object')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function damaged(column: string, what: string): StorageFailedError {
  return new StorageFailedError('corrupt', { cause: new Error(`a row has ${what} in its column ${column}`) })
}
