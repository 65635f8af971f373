import { randomBytes } from 'node:crypto'
import { withTimeout } from '../domain/abort.js'
import { UsersError } from '../errors/index.js'
import type { Logger } from '../ports/logger.js'
import type { PasswordHasher } from '../ports/password-hasher.js'

const hourMs = 60 * 60 * 1000
const dayMs = 24 * hourMs
const longestFirstLookMs = 1000

/**
 * The hash that a password is checked against when there is none, so that timing does not reveal who has an account.
 */
export interface StandIn {
  /** Waits for the first sample of stored hashes, but not for long. Later samples delay nobody. */
  hash(): Promise<string>
}

interface StandInParts {
  readonly hasher: PasswordHasher
  /** Reads the hashes of some users. */
  readonly sample: () => Promise<readonly string[]>
  readonly now: () => Date
  readonly logger: Logger
}

/**
 * Uses a hash with the scheme and cost that most users have, from a daily sample. With the hasher's current parameters
 * alone, a raised cost or an import would reveal for years who has not signed in since. Users with a rarer cost can
 * still be distinguished from strangers, as far as the time of one check can be measured.
 *
 * The hasher cannot create hashes of an older cost, so the hash of a user stands in for all like it: only its cost
 * matters, since the result of the check is ignored.
 */
export function createStandIn({ hasher, sample, now, logger }: StandInParts): StandIn {
  let fresh: Promise<string> | undefined
  let older: string | undefined
  let nextLookAt: number | undefined
  let firstLook: Promise<unknown> | undefined

  /** A hash of a random password, with the current parameters. */
  function freshHash(): Promise<string> {
    fresh ??= hasher.hash(randomBytes(32).toString('base64')).catch((error: unknown) => {
      fresh = undefined
      throw error
    })
    return fresh
  }

  async function look(at: number): Promise<void> {
    nextLookAt = at + dayMs
    try {
      older = commonest(await sample(), hasher)
    } catch (error) {
      nextLookAt = at + hourMs
      // The service was closed meanwhile.
      if (UsersError.is(error) && error.code === 'closed') return
      logger.warn(
        { err: error },
        'rollbook: the costs of the stored password hashes could not be read; the next try is in an hour',
      )
    }
  }

  return {
    async hash() {
      const at = now().getTime()
      if (nextLookAt === undefined) {
        firstLook = withTimeout(look(at), longestFirstLookMs, () => undefined, { keepsAlive: false })
      } else if (at >= nextLookAt || at < nextLookAt - dayMs) {
        // Due, or the clock was set back.
        void look(at)
      }
      await firstLook
      return older ?? (await freshHash())
    },
  }
}

/** Returns a hash of the commonest cost, or `undefined` when that is the current one. */
function commonest(hashes: readonly string[], hasher: PasswordHasher): string | undefined {
  const older = hashes.filter((hash) => hasher.needsRehash(hash))
  const costOf = costsOf(older)
  const groups = new Map<string, string[]>()
  for (const hash of older) {
    const cost = costOf(hash)
    groups.set(cost, [...(groups.get(cost) ?? []), hash])
  }
  const [largest = []] = [...groups.values()].sort((one, other) => other.length - one.length)
  return largest.length > hashes.length - older.length ? largest[0] : undefined
}

/**
 * Returns what a hash reveals of its scheme and cost, in whatever format: numbers, and words that several hashes share.
 * The rest is salt and key, of which only the length counts.
 */
function costsOf(hashes: readonly string[]): (hash: string) => string {
  const wordsOf = (hash: string) => hash.split(/([$:|,;=])/)
  const users = new Map<string, number>()
  for (const word of hashes.flatMap(wordsOf)) users.set(word, (users.get(word) ?? 0) + 1)
  const isShared = (word: string) => /^\d{1,9}$/.test(word) || (users.get(word) ?? 0) > 1
  return (hash) =>
    wordsOf(hash)
      .map((word) => (isShared(word) ? word : `*${word.length}`))
      .join('')
}
