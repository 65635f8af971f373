import type { State } from './state.js'

// Numbers follow from the order that was tried.
const numbers = new Set(['row', 'rows', 'positions'])
// Entries that began together are in an order of their own.
const lists = new Set(['log', 'nobody', 'told'])

/** Leaves out states that nobody can tell from another one. */
export function distinct(states: readonly State[]): readonly State[] {
  if (states.length < 2) return states
  return [...new Map(states.map((state) => [textOf(state), state])).values()]
}

function textOf(state: unknown): string {
  return JSON.stringify(state, (name, value) => {
    if (numbers.has(name)) return undefined
    if (lists.has(name)) return value.map(textOf).sort()
    return value instanceof Map || value instanceof Set ? [...value] : value
  })
}
