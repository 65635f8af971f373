import { type Outcome, observedIn } from './outcome.js'
import type { Call } from './surface.js'

/** What a caller has learned so far, for the next calls to speak of. */
export interface Seen {
  readonly users: string[]
  readonly sessions: { readonly userId: string; readonly id: string; readonly secret: string }[]
  readonly positions: { readonly list: string; readonly next: string }[]
}

/** A part of an argument that stands for something seen: `{ $user: 0 }` is the latest, and so on, round and round. */
export type ReferenceName = '$user' | '$owner' | '$session' | '$secret' | '$after'

export const chosenIds = ['ann', 'Ben', 'ann.2'] as const

export function newSeen(): Seen {
  return { users: [], sessions: [], positions: [] }
}

/** Puts what was seen in the place of references. */
export function resolved({ name, args }: Call, seen: Seen): Call {
  const positions = seen.positions.filter(({ list }) => list === name).map(({ next }) => next)
  return { name, args: args.map((arg) => resolvedPart(arg, seen, positions)) }
}

function resolvedPart(part: unknown, seen: Seen, positions: readonly string[]): unknown {
  if (typeof part !== 'object' || part === null || part instanceof Date) return part
  const [[name, number] = ['', 0]] = Object.entries(part)
  const at = <T>(list: readonly T[]) => list.at(-1 - (number % list.length))
  if (name === '$user') return at(seen.users) ?? 'nobody'
  if (name === '$owner') return at(seen.sessions)?.userId ?? 'nobody'
  if (name === '$session') return at(seen.sessions)?.id ?? 'none'
  if (name === '$secret') return at(seen.sessions)?.secret ?? 'x'.repeat(43)
  if (name === '$after') return at(positions)
  if (Array.isArray(part)) return part.map((item) => resolvedPart(item, seen, positions))
  return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, resolvedPart(inner, seen, positions)]))
}

/** Learns from how a call ended. What the service made must be new. */
export function remember(seen: Seen, { name, args }: Call, outcome: Outcome): void {
  const { id, secret, next } = observedIn(outcome)
  if (name === 'createUser' && id !== undefined && !seen.users.includes(id)) seen.users.push(id)
  if (id !== undefined && secret !== undefined) {
    if (seen.sessions.some((session) => session.id === id || session.secret === secret)) {
      throw new Error(`the session ${id} was started twice`)
    }
    seen.sessions.push({ userId: ownerIn(outcome) ?? String(args[0]), id, secret })
  }
  if (next !== undefined) seen.positions.push({ list: name, next })
}

function ownerIn(outcome: Outcome): string | undefined {
  const session = 'answer' in outcome && (outcome.answer as { session?: { userId?: string } }).session
  return session ? session.userId : undefined
}
