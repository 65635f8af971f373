import { expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import type { PasswordHasher } from '../../src/index.js'
import { createTestUsers, insecureHasher } from '../../src/testing/index.js'
import { aUserRecord } from '../../src/testing/storage-contract/builders.js'
import { insertUser } from '../../src/testing/storage-contract/changes.js'

const composed = 'correct hörse'
const decomposed = composed.normalize('NFD')
const ours = insecureHasher()

/** Knows, beside its own hashes, those of another system, which keeps passwords as they are typed. */
function bothHasher(): PasswordHasher & { verified: number } {
  const hasher = {
    verified: 0,
    hash: ours.hash,
    async verify(hash: string, password: string) {
      hasher.verified++
      return hash === `foreign$${password}` || ours.verify(hash, password)
    },
    needsRehash: ours.needsRehash,
  }
  return hasher
}

async function setUp() {
  const storage = memoryStorage()
  const passwords = bothHasher()
  const world = createTestUsers({ storage, passwords })
  const kept = { composed: `foreign$${composed}`, decomposed: `foreign$${decomposed}`, ours: await ours.hash(composed) }
  // As an importer may have left it: of our kind, though of another spelling.
  const odd = await ours.hash(decomposed)
  for (const [id, passwordHash] of Object.entries({ ...kept, odd, none: undefined })) {
    await storage.commit([insertUser(aUserRecord({ id, email: `${id}@example.com`, passwordHash }))])
  }
  await world.users.verifyUserPassword({ email: 'ours@example.com', password: composed })
  passwords.verified = 0
  const signIn = (id: string, password: string) => world.users.signIn({ email: `${id}@example.com`, password })
  const hashOf = async (id: string) => (await storage.findUser({ id }))?.passwordHash
  return { ...world, passwords, signIn, hashOf }
}

test.each(['decomposed', 'odd'])(
  'a hash of a password in NFD (%s) is matched by the password as typed, and from then on in any form [B-160]',
  async (id) => {
    const { signIn, hashOf } = await setUp()
    await expect(signIn(id, decomposed)).resolves.toBeDefined()
    expect(await hashOf(id)).toBe(await ours.hash(composed))
    await expect(signIn(id, composed)).resolves.toBeDefined()
    await expect(signIn(id, decomposed)).resolves.toBeDefined()
  },
)

test('a hash of a password in NFC is matched by any form of it [B-160]', async () => {
  const { signIn } = await setUp()
  for (const id of ['composed', 'ours']) await expect(signIn(id, decomposed)).resolves.toBeDefined()
})

test('what a refusal costs depends on the typed password alone, and not on whose hash it is [B-160]', async () => {
  const { users, passwords, signIn } = await setUp()
  await users.updateUserStatus('odd', { status: 'blocked' })
  for (const [password, checks] of [
    ['wrong hörse'.normalize('NFC'), 1],
    ['wrong horse', 1],
    ['wrong hörse'.normalize('NFD'), 2],
    [decomposed, 2],
  ] as const) {
    const refused = password === decomposed ? ['none', 'nobody', 'odd'] : ['composed', 'ours', 'none', 'nobody', 'odd']
    for (const id of refused) {
      passwords.verified = 0
      await expect(signIn(id, password)).rejects.toMatchObject({ code: 'invalid-credentials' })
      expect([id, password, passwords.verified]).toEqual([id, password, checks])
    }
  }
})
