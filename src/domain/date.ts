import { types } from 'node:util'
import * as v from 'valibot'
import { limits } from './limits.js'

/** The rule for a date from outside. */
export const dateRule = 'must be a Date before the year 10000'

/** A date, also of another realm. Its output is a copy of our own realm, which nobody else can change. */
export const dateSchema = v.pipe(v.custom<Date>(isKeptDate, dateRule), v.transform(ownDate))

/**
 * Returns whether a value is a date that every storage can keep. It is recognised by its brand: a date of another
 * realm, as in Jest and `vm`, is no instance of our `Date`.
 */
export function isKeptDate(value: unknown): value is Date {
  // An invalid date has the time `NaN`, for which the comparison is false.
  return types.isDate(value) && Math.abs(Date.prototype.getTime.call(value)) <= limits.dateMs
}

/** Copies a date into our own realm. */
export function ownDate(date: Date): Date {
  return new Date(Date.prototype.getTime.call(date))
}
