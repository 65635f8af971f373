import { expect, test, vi } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { newSessionSecret } from '../../src/domain/session.js'
import { createUsersService } from '../../src/index.js'
import { insecureHasher } from '../../src/testing/index.js'

// A hundred rounds are a million, which take some seconds.
const count = 10_000 * Number(process.env['ROLLBOOK_ROUNDS'] ?? 10)

test('secrets are 43 characters that are safe in a URL, each of 256 bits, and no two are alike [B-49]', () => {
  const secrets = new Set<string>()
  const bits = new Uint32Array(256)
  const sampled = 4096
  for (let n = 0; n < count; n++) {
    const secret = newSessionSecret()
    if (!/^[A-Za-z0-9_-]{43}$/.test(secret)) expect.fail(secret)
    secrets.add(secret)
    if (n >= sampled) continue
    const bytes = Buffer.from(secret, 'base64url')
    for (let bit = 0; bit < 256; bit++) bits[bit] = (bits[bit] ?? 0) + (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1)
  }
  expect(secrets.size).toBe(count)
  // Each bit is set in half of 4,096 secrets, give or take eight standard deviations of 32.
  expect([...bits].filter((ones) => Math.abs(ones - 2048) > 256)).toEqual([])
})

test('a secret comes of no clock, no Math.random, no generator of ids and nothing that is passed in [B-49]', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
  let ids = 0
  const users = createUsersService({
    storage: memoryStorage(),
    passwords: insecureHasher(),
    now: () => new Date(0),
    newId: () => `id${++ids}`,
  })
  await users.createUser({ email: 'a@example.com', id: 'a' })
  const started = await Promise.all(Array.from({ length: 50 }, () => users.createUserSession('a')))
  vi.restoreAllMocks()
  expect(new Set(started.map(({ secret }) => secret)).size).toBe(50)
  expect(newSessionSecret).toHaveLength(0)
})
