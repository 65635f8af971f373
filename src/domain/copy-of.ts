import { types } from 'node:util'

/**
 * Copies a value to its depth: dates, arrays and plain objects. It costs a fraction of `structuredClone`, whose copies
 * are of another realm under Jest.
 */
export function copyOf<T>(value: T): T {
  // Each branch makes what it was given, which the compiler cannot see.
  if (typeof value !== 'object' || value === null) return value
  if (types.isDate(value)) return new Date(value) as T
  if (Array.isArray(value)) return value.map(copyOf) as T
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyOf(item)])) as T
}
