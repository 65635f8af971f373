import fc from 'fast-check'
import { afterAll, beforeAll, describe, test, vi } from 'vitest'
import { follow } from './follow.js'
import { races } from './plan.js'
import { type Ground, kinds, sharedKinds } from './storages.js'
import { newWorld } from './world.js'

const rounds = Number(process.env['ROLLBOOK_ROUNDS'] ?? 10)
const seed = Number(process.env['TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const lifetimeMs = 60 * 60 * 1000

vi.setConfig({ testTimeout: 60_000 + rounds * 6000 })

describe.each([
  ...kinds.map((kind) => ({ ...kind, services: 1 })),
  ...sharedKinds.map((kind) => ({ ...kind, services: 2 })),
])(`$services on $storage, seed ${seed}`, ({ storage, ground: makeGround, services, share }) => {
  // On a server, sessions that start at the same moment do not count each other: there the limit is out of reach.
  const sessions = { lifetimeMs, maxPerUser: storage === 'PostgreSQL' ? 100 : 3 }
  let ground: Ground
  beforeAll(async () => {
    ground = await makeGround()
  })
  afterAll(() => ground.close())

  test('what calls leave that go on together, one after the other could have left [B-91, B-95]', async () => {
    const law = fc.asyncProperty(races(20), async (plan) => {
      await follow(plan, newWorld(await ground.open(services), sessions), sessions)
    })
    await fc.assert(law, { seed, numRuns: share * rounds })
  })
})
