import { invalid, missing } from '../domain/input.js'

/** The fields of a query or a body, by name. A map, so that `constructor` is not found in it. */
export type Fields = ReadonlyMap<string, unknown>

export const noFields: Fields = new Map()

/**
 * Returns a field that a request must have.
 *
 * @throws {InvalidInputError} when it was not sent.
 */
export function required(fields: Fields, name: string): unknown {
  const value = fields.get(name)
  if (value === undefined) throw missing(name)
  return value
}

/**
 * Returns a number in a query. Takes digits alone: no sign, fraction, exponent, space or leading zero. The core checks the
 * bounds.
 *
 * @throws {InvalidInputError} when it is not a whole number.
 */
export function wholeNumber(query: Fields, name: string): number | undefined {
  const text = query.get(name)
  if (text === undefined) return undefined
  if (typeof text !== 'string' || !/^(?:0|[1-9]\d{0,15})$/.test(text)) throw invalid(name, 'must be a whole number')
  return Number(text)
}

/** Drops the fields that were not sent. The core checks the values, of whatever type they are. */
export function defined<T>(fields: Readonly<Record<string, unknown>>): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T
}
