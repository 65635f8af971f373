import type { State } from './state.js'

/** All orders of a few things. */
export function orders<T>(things: readonly T[]): T[][] {
  if (things.length < 2) return [[...things]]
  return things.flatMap((first, index) => orders(things.toSpliced(index, 1)).map((rest) => [first, ...rest]))
}

/** Leaves out states that nobody can tell from another one. */
export function distinct(states: readonly State[]): State[] {
  return [...new Map(states.map((state) => [fingerprint(state), state])).values()]
}

// The numbers of rows and the order of entries that began together follow from the order that was tried.
const untold = new Set(['row', 'rows', 'positions', 'nobody', 'told'])

function fingerprint(state: State): string {
  return JSON.stringify(state, (name, value) => {
    if (untold.has(name)) return undefined
    if (name === 'log') return value.map((known: unknown) => JSON.stringify(known, withoutRow)).sort()
    if (value instanceof Map || value instanceof Set) return [...value]
    return value
  })
}

function withoutRow(name: string, value: unknown): unknown {
  return name === 'row' ? undefined : value
}
