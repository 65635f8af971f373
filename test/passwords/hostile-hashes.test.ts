import { performance } from 'node:perf_hooks'
import { expect, test } from 'vitest'
import { argon2id } from '../../src/passwords/argon2id.js'

const salt = 'c29tZXNhbHQ'
const sum = 'CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
const hashWith = (cost: string, kind = 'argon2id', version = 19) => `$${kind}$v=${version}$${cost}$${salt}$${sum}`

test.each([
  ['4 TiB of memory', hashWith('m=4294967295,t=2,p=1')],
  ['3 GiB of memory', hashWith('m=3145728,t=2,p=1')],
  ['more memory than is sane', hashWith('m=262145,t=1,p=1')],
  ['more memory times passes than is sane', hashWith('m=262144,t=99,p=1')],
  ['years of passes', hashWith('m=65536,t=4294967295,p=1')],
  ['255 lanes', hashWith('m=65536,t=2,p=255')],
  ['no passes', hashWith('m=65536,t=0,p=1')],
  ['no lanes', hashWith('m=65536,t=2,p=0')],
  ['no memory', hashWith('m=0,t=2,p=1')],
  ['negative memory', hashWith('m=-1,t=2,p=1')],
  ['an output of one byte', `$argon2id$v=19$m=65536,t=2,p=1$${salt}$CQ`],
  ['an output of 1 MB', `$argon2id$v=19$m=65536,t=2,p=1$${salt}$${'A'.repeat(1_000_000)}`],
  ['a salt of 1 MB', `$argon2id$v=19$m=65536,t=2,p=1$${'A'.repeat(1_000_000)}$${sum}`],
  ['argon2d', hashWith('m=65536,t=2,p=1', 'argon2d')],
  ['argon2i', hashWith('m=65536,t=2,p=1', 'argon2i')],
  ['version 16', hashWith('m=65536,t=2,p=1', 'argon2id', 16)],
  ['bcrypt', '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy'],
  ['a secret key', hashWith('m=65536,t=2,p=1,keyid=AAAA')],
  ['a line break behind it', `${hashWith('m=65536,t=2,p=1')}\n`],
  ['nothing', ''],
  ['garbage', 'garbage'],
  ['a megabyte of $', '$'.repeat(1_000_000)],
  ['the password itself', 'password'],
])('a stored hash that asks for %s matches nothing, soon and without memory [B-39]', async (_, hash) => {
  const hasher = argon2id()
  // Loads the native part before the measurement.
  await hasher.verify(hashWith('m=12288,t=1,p=1'), 'password')
  const rss = process.memoryUsage.rss()
  const start = performance.now()
  expect(await hasher.verify(hash, 'password')).toBe(false)
  expect(performance.now() - start).toBeLessThan(1000)
  expect(process.memoryUsage.rss() - rss).toBeLessThan(10 * 1024 * 1024)
  expect(hasher.needsRehash(hash)).toBe(true)
})
