import { setImmediate as otherWork } from 'node:timers/promises'
import { createHashingQueue, type HashingLimits } from '../passwords/hashing-queue.js'
import { normalised } from '../passwords/password.js'
import { createStandIn } from '../passwords/stand-in.js'
import type { Logger } from '../ports/logger.js'
import type { PasswordHasher } from '../ports/password-hasher.js'
import type { UsersStorage } from '../ports/storage.js'

/** Hashes and checks passwords through the hashing queue. */
export interface PasswordQueue {
  hash(password: string, signal?: AbortSignal): Promise<string>
  /**
   * Takes as long without a hash as with one, so that timing does not reveal who exists. A hash of another system may
   * be of a password in another normal form, so the spelling as typed is tried too if it differs.
   *
   * @returns `undefined` when the password is wrong.
   */
  matches(hash: string | undefined, password: string, signal?: AbortSignal): Promise<Match | undefined>
}

/** The result for a correct password. */
export interface Match {
  /** Whether to hash again: the parameters are not the current ones, or the spelling is not ours. */
  readonly isOutdated: boolean
}

interface PasswordQueueParts {
  readonly hasher: PasswordHasher
  readonly hashing: HashingLimits
  readonly storage: Pick<UsersStorage, 'listUsers'>
  readonly now: () => Date
  readonly logger: Logger
}

export function createPasswordQueue({ hasher, hashing, storage, now, logger }: PasswordQueueParts): PasswordQueue {
  const queue = createHashingQueue(hashing)
  const standIn = createStandIn({ hasher, sample: () => sampleOfHashes(storage), now, logger })

  /** A hasher that throws here keeps nobody out: the hash stays, and the next sign-in asks again. */
  function isOutdated(hash: string): boolean {
    try {
      return hasher.needsRehash(hash)
    } catch (error) {
      logger.warn(
        { err: error },
        'rollbook: passwords.needsRehash threw; the hash stays, and the next sign-in asks again',
      )
      return false
    }
  }

  return {
    hash: (password, signal) => queue.run(() => hasher.hash(normalised(password)), signal),
    matches: (hash, password, signal) =>
      queue.run(async () => {
        // Every check awaits it, not only those that need it.
        const unknown = await standIn.hash()
        const ours = normalised(password)
        const same = await hasher.verify(hash ?? unknown, ours)
        // Whatever the hash, and also after a match, so that the cost depends on the typed password alone.
        const sameAsTyped = ours !== password && (await hasher.verify(hash ?? unknown, password))
        if (hash === undefined || !(same || sameAsTyped)) return undefined
        return { isOutdated: !same || isOutdated(hash) }
      }, signal),
  }
}

const samplePages = 20
const usersOfPage = 50

/**
 * Samples the hashes of some 1,000 users, evenly over all. In pages, so that a storage in this process blocks nobody.
 */
async function sampleOfHashes(storage: Pick<UsersStorage, 'listUsers'>): Promise<readonly string[]> {
  const query = { order: 'oldest-first', limit: usersOfPage } as const
  const { items, total = 0 } = await storage.listUsers({ ...query, offset: 0, total: 'exact' })
  const users = [...items]
  const stride = Math.max(usersOfPage, Math.ceil(total / samplePages))
  for (let offset = stride; offset < total; offset += stride) {
    await otherWork()
    users.push(...(await storage.listUsers({ ...query, offset, total: 'none' })).items)
  }
  return users.flatMap(({ passwordHash }) => passwordHash ?? [])
}
