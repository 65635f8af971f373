import { createHash } from 'node:crypto'
import { InvalidOptionsError } from '../errors.js'
import type { PasswordHasher } from '../ports/password-hasher.js'

/**
 * A hasher that takes microseconds, for tests alone: its hashes can be guessed by the million.
 *
 * @throws {InvalidOptionsError} when `NODE_ENV` is `production`.
 */
export function insecureHasher(): PasswordHasher {
  if (process.env['NODE_ENV'] === 'production') {
    throw new InvalidOptionsError('insecureHasher: this is for tests, and NODE_ENV is production')
  }
  const hashOf = (password: string) => `insecure$${createHash('sha256').update(password).digest('hex')}`
  return {
    hash: async (password) => hashOf(password),
    verify: async (hash, password) => hash === hashOf(password),
    needsRehash: (hash) => !hash.startsWith('insecure$'),
  }
}
