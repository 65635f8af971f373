import { describe, expect, test } from 'vitest'
import { InvalidOptionsError } from '../../src/errors/index.js'
import { argon2id } from '../../src/passwords/argon2id.js'

const hasher = argon2id()

// The C reference and @node-rs/argon2 2.0.2, which had another backend, make the first three from the same salts.
describe.each([
  {
    from: 'the C reference, m=64 MiB',
    password: 'password',
    hash: '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
  },
  {
    from: 'the C reference, the default cost',
    password: 'correct horse battery staple',
    hash: '$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$gy5SuVm5Z7Vw7keB9se9p87QGcomaseB/S2U1OhTsM0',
  },
  {
    from: 'the C reference, four lanes',
    password: 'correct horse battery staple',
    hash: '$argon2id$v=19$m=19456,t=2,p=4$MDEyMzQ1Njc4OWFiY2RlZg$KVornnpsyOfSSpMmKG4pySYD6NnHGoRAFH3rz8DwR3U',
  },
  {
    from: '@node-rs/argon2 2.0.2',
    password: 'correct horse battery staple',
    hash: '$argon2id$v=19$m=19456,t=2,p=1$DUMoXAA12dahc2/ezABY6g$MkDAoSXNyFRgpGMH6Ae0RmC5vmwpkI0wRWDczQte5oo',
  },
])('a known hash from $from', ({ hash, password }) => {
  test('is matched by its password [B-38]', async () => {
    expect(await hasher.verify(hash, password)).toBe(true)
  })

  test.each([
    ['another one', 'wrong horse'],
    ['another case', password.toUpperCase()],
    ['a prefix', password.slice(0, -1)],
    ['a suffix', password.slice(1)],
    ['one with a space behind it', `${password} `],
    ['one with a NUL behind it', `${password}\0`],
    ['the empty one', ''],
    ['the hash itself', hash],
  ])('is not matched by %s [B-38]', async (_, wrong) => {
    expect(await hasher.verify(hash, wrong)).toBe(false)
  })

  test.each([-43, -20, -2])('with one bit flipped at %i from its end is matched by nothing [B-38]', async (at) => {
    const flipped = hash.at(at) === 'A' ? 'B' : 'A'
    const poisoned = hash.slice(0, at) + flipped + hash.slice(hash.length + at + 1)
    expect(poisoned).toHaveLength(hash.length)
    expect(await hasher.verify(poisoned, password)).toBe(false)
  })
})

test('a hash that is made says argon2id, version 19 and its cost, has a salt of its own, and verifies [B-47]', async () => {
  const [one, other] = await Promise.all([hasher.hash('correct horse'), hasher.hash('correct horse')])
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  expect(other).not.toBe(one)
  expect(await hasher.verify(one, 'correct horse')).toBe(true)
  expect(await hasher.verify(one, 'correct Horse')).toBe(false)
})

test.each([72, 128, 255, 256, 1023])('passwords that differ only at byte %i are different [B-36]', async (at) => {
  const stem = 'x'.repeat(at)
  const hash = await hasher.hash(`${stem}a`)
  expect(await hasher.verify(hash, `${stem}a`)).toBe(true)
  expect(await hasher.verify(hash, `${stem}b`)).toBe(false)
  expect(await hasher.verify(hash, stem)).toBe(false)
})

test('nothing is cut off at a NUL [B-36]', async () => {
  const hash = await hasher.hash('a\0b')
  expect(await hasher.verify(hash, 'a\0b')).toBe(true)
  expect(await hasher.verify(hash, 'a')).toBe(false)
  expect(await hasher.verify(hash, 'a\0c')).toBe(false)
})

test('a hash needs to be made anew when any parameter is another, or when it is of another kind', () => {
  const hash = (cost: string) =>
    `$argon2id$v=19$${cost}$MDEyMzQ1Njc4OWFiY2RlZg$gy5SuVm5Z7Vw7keB9se9p87QGcomaseB/S2U1OhTsM0`
  expect(hasher.needsRehash(hash('m=19456,t=2,p=1'))).toBe(false)
  for (const cost of ['m=19457,t=2,p=1', 'm=19456,t=3,p=1', 'm=19456,t=2,p=2', 'm=65536,t=2,p=1']) {
    expect(hasher.needsRehash(hash(cost))).toBe(true)
  }
  for (const other of ['', 'insecure$abc', '$2b$10$abcdefghijklmnopqrstuv'])
    expect(hasher.needsRehash(other)).toBe(true)
})

test.each([
  {},
  { memoryCost: 19_456, timeCost: 2 },
  { memoryCost: 47_104, timeCost: 1 },
  { memoryCost: 12_288, timeCost: 3 },
  { memoryCost: 65_536, timeCost: 3, parallelism: 4 },
  { memoryCost: 262_144, timeCost: 4 },
])('the cost %j is taken', (cost) => {
  expect(() => argon2id(cost)).not.toThrow()
})

test.each([
  { memoryCost: 19_455 },
  { memoryCost: 8 },
  { timeCost: 1 },
  { timeCost: 0 },
  { timeCost: -1 },
  { memoryCost: 12_287, timeCost: 3 },
  { memoryCost: 47_103, timeCost: 1 },
  { parallelism: 0 },
  { parallelism: 17 },
  { parallelism: 256 },
  { parallelism: 1.5 },
  { memoryCost: 262_145 },
  { memoryCost: 262_144, timeCost: 5 },
  { memoryCost: Number.NaN },
  { memoryCost: Number.POSITIVE_INFINITY },
  { algorithm: 0 },
  { version: 0 },
  { outputLen: 4 },
  { salt: 7 },
])('the cost %j is refused at set-up [B-41]', (cost) => {
  expect(() => argon2id(cost)).toThrow(InvalidOptionsError)
})
