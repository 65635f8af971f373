import { setImmediate as turn } from 'node:timers/promises'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Mount, mounts } from '../http/mounts.js'
import { judge } from './oracle.js'
import { exchange } from './raw-http.js'
import { rawRequest } from './raw-request.js'
import { type Attack, attack } from './requests.js'
import { type Failures, isSame, startWatched } from './watched-world.js'

const rounds = Number(process.env['ROLLBOOK_ROUNDS'] ?? 10)
const seed = Number(process.env['TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

vi.setConfig({ testTimeout: 30_000 + rounds * 3000 })

beforeAll(() => {
  // Where the frameworks print the errors that are injected.
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterAll(() => {
  vi.restoreAllMocks()
})

/** Sends these one after the other to a new server, judges each, and answers the statuses. */
async function attackAll({ start, parser }: Mount, attacks: readonly Attack[], failures?: Failures): Promise<number[]> {
  const world = await startWatched(start, failures)
  const statuses: number[] = []
  try {
    const place = new URL(world.url).pathname.replace(/\/$/, '')
    let before = await world.state()
    for (const one of attacks) {
      world.calls.length = 0
      const request = rawRequest(one, place, world.known)
      const answer = await exchange(world.url, request)
      // What goes on without a client ends in a few turns: nothing here waits for anything.
      if (!answer || request.hangsUp) for (let turns = 0; turns < 5; turns++) await turn()
      const after = await world.state()
      try {
        judge({
          ...{ attack: one, answer, calls: world.calls, secrets: world.secrets, isFailing: failures !== undefined },
          ...{ parser, hasChanged: !isSame(before, after), entries: after.entries - before.entries },
        })
      } catch (cause) {
        throw new Error(`${String(cause)}\nto ${inspect(one)}\nanswered ${inspect(answer)}`, { cause })
      }
      if (answer) statuses.push(answer.status)
      before = after
    }
    return statuses
  } finally {
    await world.stop()
  }
}

describe(`whatever is sent, seed ${seed}`, () => {
  let sent = 0
  const statuses = new Set<number>()
  const manyAttacks = fc.array(attack, { minLength: 5, maxLength: 25, size: 'max' })
  const seeded = mounts.map((mount, index) => ({ ...mount, own: seed + index }))

  async function attackMount(mount: Mount, attacks: readonly Attack[], failures?: Failures): Promise<void> {
    for (const status of await attackAll(mount, attacks, failures)) statuses.add(status)
    sent += attacks.length
  }

  test.each(seeded)(
    'to $name: it is answered as documented or refused, and changes nothing unseen [B-02, B-09, B-10, B-11, B-15]',
    async ({ own, ...mount }) => {
      const law = fc.asyncProperty(manyAttacks, (attacks) => attackMount(mount, attacks))
      await fc.assert(law, { seed: own, numRuns: rounds })
    },
  )

  test.each(seeded)(
    'to $name while its storage fails now and then: nothing is told of why [B-11]',
    async ({ own, ...mount }) => {
      const law = fc.asyncProperty(manyAttacks, fc.uniqueArray(fc.nat(60)), (attacks, failures) =>
        attackMount(mount, attacks, new Set(failures)),
      )
      await fc.assert(law, { seed: own, numRuns: Math.ceil(rounds / 5) })
    },
  )

  test('the requests are many, and reach every kind of answer', () => {
    expect(sent).toBeGreaterThan(rounds * 300)
    expect([...statuses]).toEqual(expect.arrayContaining([200, 201, 400, 401, 403, 404, 405, 409, 415, 500]))
  })
})
