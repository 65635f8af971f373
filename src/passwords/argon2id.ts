import * as v from 'valibot'
import { checkedOptions, type SchemaOf, wholeNumberOption } from '../domain/options.js'
import { InvalidOptionsError } from '../errors/index.js'
import type { PasswordHasher } from '../ports/password-hasher.js'

/** The parameters of an argon2id hash. */
export interface Argon2idCost {
  /** KiB of memory: 19,456 by default, up to 262,144. */
  readonly memoryCost: number
  /** Passes over the memory: 2 by default; `memoryCost` times `timeCost` is up to 1,048,576. */
  readonly timeCost: number
  /** Threads of one hash: 1 by default, up to 16. */
  readonly parallelism: number
}

const mostMemory = 256 * 1024
const mostMemoryTimesPasses = 1024 * 1024
const mostThreads = 16

// Both from the OWASP Password Storage Cheat Sheet: its first choice, and the pairs of memory (KiB) and passes it
// names.
const defaults: Argon2idCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const floors = [
  { memoryCost: 47_104, timeCost: 1 },
  { memoryCost: 19_456, timeCost: 2 },
  { memoryCost: 12_288, timeCost: 3 },
]

const costSchema = v.strictObject({
  memoryCost: v.optional(wholeNumberOption(1, mostMemory), defaults.memoryCost),
  timeCost: v.optional(wholeNumberOption(1, mostMemoryTimesPasses), defaults.timeCost),
  parallelism: v.optional(wholeNumberOption(1, mostThreads), defaults.parallelism),
} satisfies SchemaOf<Argon2idCost>)

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
  const current = checkedOptions('argon2id', costSchema, cost)
  const { memoryCost, timeCost, parallelism } = current
  if (!floors.some((floor) => memoryCost >= floor.memoryCost && timeCost >= floor.timeCost)) {
    throw new InvalidOptionsError('argon2id: the cost is too low: use at least m=19456 t=2, m=47104 t=1 or m=12288 t=3')
  }
  if (!isAffordable(current)) {
    throw new InvalidOptionsError(
      `argon2id: the cost is too high: memoryCost times timeCost must be at most ${mostMemoryTimesPasses}`,
    )
  }
  return {
    async hash(password) {
      const { hash } = await import('@node-rs/argon2')
      return hash(password, current)
    },
    async verify(hash, password) {
      const found = costOf(hash)
      if (!found || !isAffordable(found)) return false
      const { verify } = await import('@node-rs/argon2')
      return verify(hash, password).catch(() => false)
    },
    needsRehash(hash) {
      const found = costOf(hash)
      return found?.memoryCost !== memoryCost || found.timeCost !== timeCost || found.parallelism !== parallelism
    },
  }
}

const phcFormat = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{22,86}$/

/** Reads the cost from a hash in PHC string format. Returns `undefined` for anything but an argon2id hash. */
function costOf(hash: string): Argon2idCost | undefined {
  const [whole, memoryCost, timeCost, parallelism] = (hash.length <= 256 && phcFormat.exec(hash)) || []
  if (whole === undefined) return undefined
  return { memoryCost: Number(memoryCost), timeCost: Number(timeCost), parallelism: Number(parallelism) }
}

/**
 * Returns whether checking a hash of this cost is safe. A hash is data from a database or an import: one that asks for
 * 4 TiB would have the native code allocate until the kernel kills the process.
 */
function isAffordable({ memoryCost, timeCost, parallelism }: Argon2idCost): boolean {
  const isValid = timeCost >= 1 && parallelism >= 1 && parallelism <= mostThreads && memoryCost >= 8 * parallelism
  return isValid && memoryCost <= mostMemory && memoryCost * timeCost <= mostMemoryTimesPasses
}
