import { inspect, isDeepStrictEqual } from 'node:util'

/** Says where two values first differ, and how. */
export function difference(seen: unknown, expected: unknown, path = 'it'): string {
  if (isNested(seen) && isNested(expected)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(seen)])
    for (const key of keys) {
      const [one, other] = [Reflect.get(seen, key), Reflect.get(expected, key)]
      if (!isDeepStrictEqual(one, other)) return difference(one, other, `${path}.${key}`)
    }
  }
  return `${path} was ${inspect(seen, { depth: 9 })} and not ${inspect(expected, { depth: 9 })}`
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Date)
}
