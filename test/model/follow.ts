import { AssertionError } from 'node:assert'
import { inspect, isDeepStrictEqual } from 'node:util'
import { difference } from './difference.js'
import { distinct } from './distinct.js'
import { everything } from './everything.js'
import { explained } from './explained.js'
import { model } from './model.js'
import { comparable } from './outcome.js'
import { type Plan, start } from './plan.js'
import { allDone, type Done } from './round.js'
import { newSeen, remember, resolved } from './seen.js'
import { newState, type State } from './state.js'
import type { World } from './world.js'

// Later than all that a plan leaves behind: the last sweep tells how much that was.
const lastSweep: Plan = [
  [{ name: 'advance', args: [1_000_000] }],
  [{ name: 'sweep', args: [{ activityBefore: new Date(start.getTime() + 900_000 * 60_000) }] }],
]

/**
 * Carries a plan out and lets the model do the same. The answers of each round must be those of its calls one after
 * the other in some order, and so must be all that can be seen afterwards: after each race, and at the end.
 *
 * @throws {AssertionError} when no order explains what was seen. Its message has everything that was done.
 */
export async function follow(plan: Plan, world: World, sessions: State['sessions']): Promise<void> {
  const seen = newSeen()
  const history: string[] = []
  // Where several orders explain what was seen, each of them may be the one.
  let states: readonly State[] = [newState(start, sessions)]

  async function goOn(steps: Plan[number], isLast: boolean): Promise<void> {
    world.beginRound()
    const round = await allDone(
      steps.map((step) => resolved(step, seen)),
      world,
    )
    for (const { call, outcome } of round) remember(seen, call, outcome)
    history.push(round.map(shown).join('\n  beside '))
    const whole = isLast || round.length > 1 ? await everything(world.services[0], seen) : undefined
    const because = new Set<string>()
    const next: State[] = []
    for (const state of states) {
      state.round++
      const open = round.map((done) => ({ done }))
      for (const after of await explained(state, open, because)) {
        const expected = whole === undefined ? undefined : await everythingIn(after)
        if (isDeepStrictEqual(whole, expected)) next.push(after)
        else because.add(difference(whole, expected))
      }
    }
    if (next.length === 0) fail(because)
    states = distinct(next)
  }

  /** A look at the model changes nothing in it. */
  function everythingIn(state: State): Promise<unknown> {
    return everything(model(structuredClone(state)), seen)
  }

  function fail(because: Iterable<string>): never {
    const message = `${history.join('\n')}\nBy the model not so: ${[...because].join('\n  nor: ')}`
    throw new AssertionError({ message })
  }

  for (const [index, steps] of plan.entries()) await goOn(steps, index === plan.length - 1)
  for (const steps of lastSweep) await goOn(steps, false)
  const heard = comparable(world.told)
  const differences = states.map(({ told }) => difference(heard, comparable(told), 'onEvent'))
  if (!states.some(({ told }) => isDeepStrictEqual(heard, comparable(told)))) fail(differences)
}

function shown({ call, outcome }: Done): string {
  const text = (value: unknown) => inspect(value, { depth: 9, breakLength: Number.POSITIVE_INFINITY })
  return `${call.name}(${call.args.map(text).join(', ')})\n    ${text(outcome)}`
}
