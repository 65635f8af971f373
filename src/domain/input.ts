import { types } from 'node:util'
import * as v from 'valibot'
import { type InputIssue, InvalidInputError } from '../errors/index.js'
import { limits } from './limits.js'

/**
 * Checks an input against its schema and returns the checked copy. `name` is the name of a positional argument.
 *
 * @throws {InvalidInputError} with a path for each wrong field.
 */
export function checked<const Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
  name = 'input',
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, input)
  if (result.success) return result.output
  const [first, ...others] = result.issues
  throw new InvalidInputError([toIssue(first, name), ...others.map((issue) => toIssue(issue, name))])
}

/** Creates the error for one wrong field, for checks that a schema cannot express. */
export function invalid(path: string, message: string): InvalidInputError {
  return new InvalidInputError([{ path, message }])
}

/** Creates the error for one missing field. */
export function missing(path: string): InvalidInputError {
  return new InvalidInputError([{ path, message: 'is required', missing: true }])
}

function toIssue(issue: v.BaseIssue<unknown>, name: string): InputIssue {
  const path = v.getDotPath(issue) ?? name
  if (issue.kind !== 'schema') return { path, message: issue.message }
  if (issue.type === 'strict_object' && issue.expected === 'never') return { path, message: 'is not a known field' }
  if (issue.input === undefined || issue.received === 'undefined')
    return { path, message: 'is required', missing: true }
  return { path, message: issue.type === 'strict_object' ? 'must be an object' : issue.message }
}

/** The rule for a date from outside. */
export const dateRule = 'must be a Date before the year 10000'

/** A date, also of another realm. Its output is a copy of our own realm, which nobody else can change. */
export const dateSchema = v.pipe(v.custom<Date>(isStorableDate, dateRule), v.transform(copyOfDate))

/**
 * Returns whether a value is a date that every storage can keep. It is recognised by its brand: a date of another
 * realm, as in Jest and `vm`, is not an instance of our `Date`.
 */
export function isStorableDate(value: unknown): value is Date {
  // An invalid date has the time `NaN`, for which the comparison is false.
  return types.isDate(value) && Math.abs(Date.prototype.getTime.call(value)) <= limits.dateMs
}

/** Copies a date into our own realm. */
export function copyOfDate(date: Date): Date {
  return new Date(Date.prototype.getTime.call(date))
}
