import { createHash } from 'node:crypto'
import { InvalidOptionsError } from '../errors/index.js'
import type { PasswordHasher } from '../ports/password-hasher.js'

/**
 * A hasher that takes microseconds, for tests alone: its hashes can be guessed by the million.
 *
 * ```ts
 * const users = createUsersService({ storage: sqliteStorage(':memory:'), passwords: insecureHasher() })
 * ```
 *
 * @throws {InvalidOptionsError} when `NODE_ENV` is `production`.
 */
export function insecureHasher(): PasswordHasher {
  refuseProduction('insecureHasher')
  const hashOf = (password: string) => `insecure$${createHash('sha256').update(password).digest('hex')}`
  return {
    hash: async (password) => hashOf(password),
    verify: async (hash, password) => hash === hashOf(password),
    needsRehash: (hash) => !hash.startsWith('insecure$'),
  }
}

/** @throws {InvalidOptionsError} when `NODE_ENV` is `production`. */
export function refuseProduction(name: string): void {
  if (process.env['NODE_ENV'] !== 'production') return
  throw new InvalidOptionsError(`${name}: this is for tests, and NODE_ENV is production`)
}
