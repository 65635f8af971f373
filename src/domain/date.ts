import { types } from 'node:util'
import * as v from 'valibot'
import { limits } from './limits.js'

/** What a date is that comes from outside. */
export const dateRule = 'must be a Date before the year 10000'

/** A date, also of another realm. The copy is of this one, and nobody else can change it. */
export const dateSchema = v.pipe(v.custom<Date>(isKeptDate, dateRule), v.transform(ownDate))

/**
 * Returns whether a value is a date that every storage keeps. It is told by its brand: one of another realm, as Jest,
 * `vm` and `structuredClone` make them, is no instance of our `Date`.
 */
export function isKeptDate(value: unknown): value is Date {
  // Of no time it is `NaN`, which is not below anything.
  return types.isDate(value) && Math.abs(Date.prototype.getTime.call(value)) <= limits.dateMs
}

/** A copy of a date, of our own realm. */
export function ownDate(date: Date): Date {
  return new Date(Date.prototype.getTime.call(date))
}
