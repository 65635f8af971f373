import { inspect } from 'node:util'
import { expect } from 'vitest'
import { UsersError } from '../../src/index.js'
import type { Fault } from './database.js'
import { type Kind, kinds, type Operation } from './operations.js'
import { secrets } from './world.js'

/** How an operation ended, in a form that can be compared: what is random in it is left out. */
export interface Outcome {
  readonly answer: string
  readonly error?: unknown
}

export async function outcomeOf(run: () => Promise<unknown>): Promise<Outcome> {
  try {
    const answer = JSON.stringify(await run()) ?? 'nothing'
    return { answer: answer.replaceAll(/"secret":"[\w-]{43}"/g, '"secret"') }
  } catch (error) {
    return { answer: UsersError.is(error) ? error.code : String(error), error }
  }
}

/** How what a commit changes is now. A commit that changes nothing is both. */
export interface Committed {
  readonly isBefore: boolean
  readonly isAfter: boolean
}

type Contents = Record<Kind, string>

/** What was committed: of each commit all, or nothing. */
export function requireWhole(operation: Operation, now: Contents, before: Contents, after: Contents): Committed[] {
  const { commits = [{ kinds }] } = operation
  const changed = commits.flatMap((commit) => commit.kinds)
  for (const kind of kinds) if (!changed.includes(kind)) expect(now[kind]).toBe(before[kind])
  return commits.map((commit) => {
    const of = (contents: Contents) => commit.kinds.map((kind) => contents[kind])
    expect([of(before), of(after)]).toContainEqual(of(now))
    const same = (contents: Contents) => JSON.stringify(of(now)) === JSON.stringify(of(contents))
    return { isBefore: same(before), isAfter: same(after) }
  })
}

/** A typed error, whose causes say what happened, and which tells nobody what is secret. */
export function requireTold(error: unknown, { sign }: Fault): void {
  if (!UsersError.is(error)) throw error
  expect(error.code).not.toBe('storage-conflict')
  expect(causesOf(error).join('\n')).toContain(sign)
  expect(`${error.message} ${JSON.stringify(error)}`).not.toMatch(/select|insert|update|delete|rollbook_|key \(/i)
  requireNoSecret(error)
}

export function requireNoSecret(told: unknown): void {
  const text = `${inspect(told, { showHidden: true, depth: 20, maxStringLength: null })} ${JSON.stringify(told)}`
  for (const secret of secrets) expect(text).not.toContain(secret)
}

function causesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return []
  return [`${Reflect.get(error, 'code')} ${error.message}`, ...causesOf(error.cause)]
}
