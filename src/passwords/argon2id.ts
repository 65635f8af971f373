import { InvalidOptionsError } from '../errors/index.js'
import type { PasswordHasher } from '../ports/password-hasher.js'
import { type Argon2idCost, argon2idCost, isAffordable } from './phc.js'

// Both from the OWASP Password Storage Cheat Sheet: its first choice, and the pairs of memory (KiB) and time it names.
const defaults: Argon2idCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const floors = [
  { memoryCost: 47_104, timeCost: 1 },
  { memoryCost: 19_456, timeCost: 2 },
  { memoryCost: 12_288, timeCost: 3 },
]

type OptionalCost = { readonly [Part in keyof Argon2idCost]?: Argon2idCost[Part] | undefined }

/**
 * The default password hasher: argon2id by `@node-rs/argon2`, which is loaded with the first password.
 * A hash takes some 8 ms and `memoryCost` KiB on a thread of libuv's pool.
 *
 * ```ts
 * const users = createUsersService({ storage, passwords: argon2id({ memoryCost: 65_536, timeCost: 3 }) })
 * ```
 *
 * @throws {InvalidOptionsError} when the cost is below what OWASP recommends, or too high to be safe.
 */
export function argon2id(cost: OptionalCost = {}): PasswordHasher {
  const unknown = Object.keys(cost).find((name) => !(name in defaults))
  if (unknown !== undefined) {
    throw new InvalidOptionsError(`argon2id: ${unknown} is not an option: ${Object.keys(defaults).join(', ')} are`)
  }
  const { memoryCost = defaults.memoryCost, timeCost = defaults.timeCost, parallelism = defaults.parallelism } = cost
  const current = { memoryCost, timeCost, parallelism }
  if (!Object.values(current).every(Number.isInteger) || !isAffordable(current)) {
    throw new InvalidOptionsError('argon2id: use whole numbers, at most 256 MiB, and at most 1 GiB times passes')
  }
  if (!floors.some((floor) => memoryCost >= floor.memoryCost && timeCost >= floor.timeCost)) {
    throw new InvalidOptionsError('argon2id: the cost is too low: use at least m=19456 t=2, m=47104 t=1 or m=12288 t=3')
  }
  return {
    async hash(password) {
      const { hash } = await import('@node-rs/argon2')
      return hash(password, current)
    },
    async verify(hash, password) {
      const found = argon2idCost(hash)
      if (!found || !isAffordable(found)) return false
      const { verify } = await import('@node-rs/argon2')
      return verify(hash, password).catch(() => false)
    },
    needsRehash(hash) {
      const found = argon2idCost(hash)
      return found?.memoryCost !== memoryCost || found.timeCost !== timeCost || found.parallelism !== parallelism
    },
  }
}
