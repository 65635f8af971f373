import { type Outcome, outcomeOf } from './outcome.js'
import { spoil } from './spoil.js'
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
