import { UsersError } from '../../src/index.js'
import type { Observed } from './state.js'

/** How a call ended: with an answer, or with an error of the library of which only the code and the field are compared. */
export type Outcome = { readonly answer: unknown } | { readonly error: Readonly<Record<string, unknown>> }

/** @throws what is no error of the library: no operation may end in one. */
export async function outcomeOf(call: () => unknown): Promise<Outcome> {
  try {
    return { answer: await call() }
  } catch (error) {
    if (!UsersError.is(error)) throw error
    const fields = ['code', 'path', 'userId', 'sessionId', 'reason'].filter((field) => field in error)
    return { error: Object.fromEntries(fields.map((field) => [field, Reflect.get(error, field)])) }
  }
}

/** What only the service can know of how a call ended. */
export function observedIn(outcome: Outcome): Observed {
  const { answer, error } = { answer: undefined, error: undefined, ...outcome }
  const textIn = (from: unknown, ...path: string[]): string | undefined => {
    const value = path.reduce<unknown>((at, field) => (isObject(at) ? Reflect.get(at, field) : undefined), from)
    return typeof value === 'string' ? value : undefined
  }
  const found = {
    id: textIn(answer, 'session', 'id') ?? textIn(answer, 'id'),
    secret: textIn(answer, 'secret'),
    next: textIn(answer, 'next'),
    code: textIn(error, 'code'),
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

/**
 * An outcome as it is compared. Of an entry's id the round remains, and the entries of one round, which began together,
 * are in an order of their own.
 */
export function comparable(value: unknown): unknown {
  if (!isObject(value) || value instanceof Date) return value
  if (Array.isArray(value)) {
    const items = value.map(comparable)
    return items.every(isEntry) ? sortedWithinRounds(items) : items
  }
  const copy = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, comparable(inner)]))
  return isEntry(copy) ? { ...copy, id: copy.id.replace(/\..*/, '') } : copy
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function isEntry(value: unknown): value is { readonly id: string } {
  return isObject(value) && 'event' in value && 'at' in value && 'id' in value
}

function sortedWithinRounds(entries: readonly { readonly id: string }[]): unknown[] {
  const rounds = [...new Set(entries.map(({ id }) => id))]
  const textOf = (entry: object) =>
    JSON.stringify(Object.entries(entry).sort(([one], [other]) => (one < other ? -1 : 1)))
  return rounds.flatMap((round) =>
    entries.filter(({ id }) => id === round).sort((one, other) => (textOf(one) < textOf(other) ? -1 : 1)),
  )
}
