import { InvalidOptionsError } from '../errors/index.js'

const mostSeed = 2 ** 32 - 1

/** @throws {InvalidOptionsError} */
export function checkedSeed(seed: number): number {
  if (Number.isInteger(seed) && seed >= 0 && seed <= mostSeed) return seed
  throw new InvalidOptionsError(`createTestUsers: seed must be a whole number from 0 to ${mostSeed}`)
}

/**
 * Counts: `test`, the seed in 7 characters of base 36 and the count in 9 digits, as long and in the same letters as real ids.
 * The first of seed 0 is `test0000000000000001`.
 */
export function testIds(seed: number): () => string {
  const prefix = `test${seed.toString(36).padStart(7, '0')}`
  let count = 0
  return () => prefix + String(++count).padStart(9, '0')
}
