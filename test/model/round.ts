import { isDeepStrictEqual } from 'node:util'
import { difference } from './difference.js'
import { everything } from './everything.js'
import { model } from './model.js'
import { comparable, type Outcome, observedIn, outcomeOf } from './outcome.js'
import type { Seen } from './seen.js'
import { spoil } from './spoil.js'
import type { State } from './state.js'
import { type Call, called } from './surface.js'
import type { World } from './world.js'

/** A call and how it ended. */
export interface Done {
  readonly call: Call
  readonly outcome: Outcome
}

/** Starts calls together, each on the next service, and does to what went in and came out what a careless caller may. */
export function allDone(calls: readonly Call[], { services }: World): Promise<Done[]> {
  return Promise.all(
    calls.map(async (call, index) => {
      const given = structuredClone(call)
      const service = services[index % services.length] ?? services[0]
      const outcome = await outcomeOf(() => called(service, given))
      const done = { call, outcome: structuredClone(outcome) }
      spoil(given.args)
      spoil(outcome)
      return done
    }),
  )
}

/** What a state becomes by calls, one after the other, or why it cannot have been so. The state itself changes. */
export async function explained(
  state: State,
  round: readonly Done[],
): Promise<{ readonly after?: State; readonly reason?: string }> {
  state.round++
  for (const { call, outcome } of round) {
    const expected = await outcomeOf(() => called(model(state, observedIn(outcome)), call))
    // How much a sweep finds depends on what a race has left behind where nobody can see it.
    const isUnknown = call.name === 'sweep' && state.isRaced && 'answer' in outcome
    const [one, other] = [comparable(outcome), comparable(expected)]
    if (!isUnknown && !isDeepStrictEqual(one, other)) return { reason: difference(one, other, call.name) }
  }
  state.isRaced ||= round.length > 1
  return { after: state }
}

/** All that can be seen in a state of the model. */
export function everythingIn(state: State, seen: Seen): Promise<unknown> {
  return everything(model(structuredClone(state)), seen)
}
