import { createHash } from 'node:crypto'
import { expect, onTestFinished, test, vi } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { argon2id, type PasswordHasher, StorageFailedError, type UsersStorage } from '../../src/index.js'
import { createTestUsers, insecureHasher } from '../../src/testing/index.js'
import { aUserRecord } from '../../src/testing/storage-contract/builders.js'
import { insertUser } from '../../src/testing/storage-contract/changes.js'

/** Notes the hashes that are checked. */
function noting(hasher: PasswordHasher) {
  const checked: string[] = []
  const verify: PasswordHasher['verify'] = (hash, password) => {
    checked.push(hash)
    return hasher.verify(hash, password)
  }
  return { ...hasher, verify, checked }
}

test.each([{}, { memoryCost: 12_288, timeCost: 3 }])(
  'where there is no hash, one of the cost %j of now is checked, which nobody knows the password of [B-40]',
  async (cost) => {
    const hasher = argon2id(cost)
    const passwords = noting(hasher)
    const { users } = createTestUsers({ passwords })
    await users.createUser({ email: 'without@example.com' })
    for (const email of ['nobody@example.com', 'without@example.com']) {
      for (const password of ['', 'correct horse']) {
        await expect(users.signIn({ email, password })).rejects.toMatchObject({ code: 'invalid-credentials' })
      }
    }
    expect(passwords.checked).toHaveLength(4)
    expect(new Set(passwords.checked).size).toBe(1)
    for (const hash of passwords.checked) expect(hasher.needsRehash(hash)).toBe(false)
  },
)

const old = '$argon2id$v=19$m=12288,t=3,p=1'
const older = '$argon2id$v=19$m=47104,t=1,p=1'
const foreign = 'pbkdf2$600000'
const salted = (cost: string, n: number) =>
  `${cost}$${createHash('md5').update(`${n}`).digest('hex').slice(0, 8)}$${createHash('sha256').update(`${n}`).digest('base64').slice(0, 43)}`
const costOf = (hash = '') => hash.split('$').slice(0, -2).join('$')

/** A service over users with these hashes, whose hasher computes nothing. */
async function withHashes(
  hashes: readonly (string | undefined)[],
  wrap: (storage: UsersStorage) => UsersStorage = same,
) {
  const storage = memoryStorage()
  const add = async (hash: string | undefined, id: string) =>
    storage.commit([insertUser(aUserRecord({ id, email: `${id}@example.com`, passwordHash: hash }))])
  for (const [n, hash] of hashes.entries()) await add(hash, `u${n}`)
  const current = argon2id()
  const passwords = noting({ ...current, hash: async () => salted(costs.now, 0), verify: async () => false })
  const warnings: string[] = []
  const logger = { warn: (_: object, message: string) => warnings.push(message), error: () => {} }
  const world = createTestUsers({ storage: wrap(storage), passwords, logger })
  /** The cost of the check of somebody who is refused. */
  async function costFor(id: string): Promise<string> {
    const refused = world.users.signIn({ email: `${id}@example.com`, password: 'wrong horse' })
    await expect(refused).rejects.toMatchObject({ code: 'invalid-credentials' })
    return costOf(passwords.checked.at(-1))
  }
  return { ...world, costFor, add, warnings }
}

const hourMs = 60 * 60 * 1000
const same = (storage: UsersStorage) => storage
const costs = { now: '$argon2id$v=19$m=19456,t=2,p=1' }
const many = (cost: string, count: number) => Array.from({ length: count }, (_, n) => salted(cost, n))

test.each([
  ['of another cost', many(old, 30), old],
  ['of another scheme', many(foreign, 30), foreign],
  ['of now', many(costs.now, 30), costs.now],
  ['mostly of one older cost', [...many(old, 20), ...many(older, 4), ...many(costs.now, 15)], old],
  ['mostly of now', [...many(costs.now, 20), ...many(foreign, 15), undefined, undefined], costs.now],
  ['not there', [undefined, undefined], costs.now],
])('where the hashes of users are %s, the stand-in costs what most of them cost [B-161]', async (_, hashes, cost) => {
  const { costFor } = await withHashes([...hashes, undefined])
  expect(await costFor('nobody')).toBe(cost)
  expect(await costFor(`u${hashes.length}`)).toBe(cost)
  if (hashes[0] !== undefined) expect(await costFor('u0')).toBe(costOf(hashes[0]))
})

test('of many users some 1,000 are looked at, spread evenly over all, a page at a time [B-161]', async () => {
  const pages: number[] = []
  const { costFor } = await withHashes([...many(old, 2400), ...many(costs.now, 600)], (storage) => ({
    ...storage,
    async listUsers(query) {
      const page = await storage.listUsers(query)
      pages.push(page.items.length)
      return page
    },
  }))
  expect(await costFor('nobody')).toBe(old)
  expect(Math.max(...pages)).toBeLessThanOrEqual(50)
  expect(pages.reduce((one, other) => one + other)).toBe(1000)
})

test('it is looked again after a day, which delays no check [B-161]', async () => {
  let looks = 0
  let held: Promise<void> | undefined
  const { costFor, add, clock } = await withHashes(many(costs.now, 3), (storage) => ({
    ...storage,
    async listUsers(query) {
      looks++
      await held
      return storage.listUsers(query)
    },
  }))
  expect(await costFor('nobody')).toBe(costs.now)
  for (const [n, hash] of many(old, 9).entries()) await add(hash, `old${n}`)
  clock.advance(23 * hourMs)
  expect(await costFor('nobody')).toBe(costs.now)
  expect(looks).toBe(1)
  clock.advance(hourMs)
  let release = () => {}
  held = new Promise((resolve) => {
    release = resolve
  })
  expect(await costFor('nobody')).toBe(costs.now)
  release()
  await vi.waitFor(async () => expect(await costFor('nobody')).toBe(old))
  expect(looks).toBe(2)
})

test('a look that fails is logged and tried again an hour later, and signing in continues [B-161]', async () => {
  let isBroken = true
  const { costFor, warnings, clock } = await withHashes(many(old, 3), (storage) => ({
    ...storage,
    async listUsers(query) {
      if (isBroken) throw new StorageFailedError('unreachable')
      return storage.listUsers(query)
    },
  }))
  for (let time = 0; time < 3; time++) expect(await costFor('nobody')).toBe(costs.now)
  expect(warnings).toEqual([expect.stringContaining('costs of the stored password hashes')])
  isBroken = false
  clock.advance(hourMs)
  await vi.waitFor(async () => expect(await costFor('nobody')).toBe(old))
})

test('the first look is not waited for without end [B-161]', async () => {
  const { costFor } = await withHashes(many(old, 3), (storage) => ({
    ...storage,
    listUsers: () => new Promise(() => {}),
  }))
  expect(await costFor('nobody')).toBe(costs.now)
})

test('waiting for the first look does not keep the process alive [B-161]', async () => {
  const timers = vi.spyOn(globalThis, 'setTimeout')
  onTestFinished(() => timers.mockRestore())
  const { costFor } = await withHashes([])
  await costFor('nobody')
  const waits = timers.mock.calls.flatMap(([, ms], n) => (ms === 1000 ? [timers.mock.results[n]?.value] : []))
  expect(waits).toHaveLength(1)
  expect(waits[0].hasRef()).toBe(false)
})

test('nobody is let in by the hash that stands in [B-161]', async () => {
  const storage = memoryStorage()
  const insecure = insecureHasher()
  const oldHash = async (password: string) => `old ${await insecure.hash(password)}`
  const verify: PasswordHasher['verify'] = (hash, password) => insecure.verify(hash.replace('old ', ''), password)
  const needsRehash = (hash: string) => hash.startsWith('old ')
  const { users } = createTestUsers({ storage, passwords: { hash: insecure.hash, verify, needsRehash } })
  const passwordHash = await oldHash('correct horse')
  await storage.commit([insertUser(aUserRecord({ id: 'ada', email: 'ada@example.com', passwordHash }))])
  await users.createUser({ email: 'without@example.com' })
  for (const email of ['nobody@example.com', 'without@example.com']) {
    const refused = users.signIn({ email, password: 'correct horse' })
    await expect(refused).rejects.toMatchObject({ code: 'invalid-credentials' })
  }
})
