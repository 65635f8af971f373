import { isDeepStrictEqual } from 'node:util'
import type { Checked } from './check.js'
import { difference } from './difference.js'
import { model } from './model.js'
import { comparable, observedIn, outcomeOf } from './outcome.js'
import type { Done } from './round.js'
import type { State } from './state.js'

/** A call that is not over, and what was found where its credential is checked already. */
interface Open {
  readonly done: Done
  readonly checked?: Checked
}

/**
 * Answers what a state can have become by calls that ended as they did, in every order of them. The reasons against the
 * other orders go to `because`. A single call changes the state itself.
 */
export async function explained(state: State, open: readonly Open[], because: Set<string>): Promise<State[]> {
  if (open.length === 0) return [state]
  const ends: State[] = []
  for (const one of open) {
    const next = open.length === 1 ? state : structuredClone(state)
    const others = open.filter((other) => other !== one)
    const rest = await stepped(next, one, open.length > 1)
    if (typeof rest === 'string') because.add(rest)
    else ends.push(...(await explained(next, [...others, ...rest], because)))
  }
  return ends
}

/** Goes on with a call: half of it or all. Answers what is left of it, or why it cannot have ended as it did. */
async function stepped(state: State, { done, checked }: Open, byHalves: boolean): Promise<Open[] | string> {
  const { call, outcome } = done
  const surface = model(state, { ...observedIn(outcome), ...(checked && { checked }) })
  const check = byHalves && !checked ? surface.firstHalf(call) : undefined
  const expected = await outcomeOf(check ?? (() => Reflect.apply(surface[call.name], surface, call.args)))
  if (check && 'answer' in expected) return [{ done, checked: expected.answer as Checked }]
  const [one, other] = [comparable(outcome), comparable(expected)]
  return isDeepStrictEqual(one, other) ? [] : difference(one, other, call.name)
}
