/** Copies a record to its depth: dates, arrays and plain objects. A fraction of the cost of `structuredClone`. */
export function copyOf<T>(value: T): T {
  // Each branch makes what it was given, which the compiler cannot see.
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return new Date(value) as T
  if (Array.isArray(value)) return value.map(copyOf) as T
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyOf(item)])) as T
}
