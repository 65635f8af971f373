import fc from 'fast-check'
import { afterAll, beforeAll, describe, test, vi } from 'vitest'
import { follow } from './follow.js'
import { sequences } from './plan.js'
import { type Ground, kinds } from './storages.js'
import { newWorld } from './world.js'

const rounds = Number(process.env['ROLLBOOK_ROUNDS'] ?? 10)
const seed = Number(process.env['TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const hour = 60 * 60 * 1000

vi.setConfig({ testTimeout: 60_000 + rounds * 6000 })

describe.each(kinds)(`on $storage, seed ${seed}`, ({ ground: makeGround, share }) => {
  let ground: Ground
  beforeAll(async () => {
    ground = await makeGround()
  })
  afterAll(() => ground.close())

  test.each([
    ['only grow old', { lifetimeMs: hour, maxPerUser: 3 }],
    ['end by idleness too', { lifetimeMs: 2 * hour, maxPerUser: 3, idleTimeoutMs: hour / 2 }],
  ])('every answer and every error is that of the model, where sessions %s [B-91]', async (_, sessions) => {
    const numRuns = share * rounds
    const law = fc.asyncProperty(sequences(60), async (plan) => {
      await follow(plan, newWorld(await ground.open(), sessions), sessions)
    })
    await fc.assert(law, { seed, numRuns })
  })
})
