import { randomBytes } from 'node:crypto'
import { createHashingQueue, type HashingLimits } from '../passwords/hashing-queue.js'
import { normalised } from '../passwords/password.js'
import type { PasswordHasher } from '../ports/password-hasher.js'

/** Hashes and checks passwords, each in its turn. */
export interface Passwords {
  hash(password: string, signal?: AbortSignal): Promise<string>
  /** Takes as long without a hash as with one, so that time does not tell who exists. */
  matches(hash: string | undefined, password: string, signal?: AbortSignal): Promise<boolean>
  needsRehash(hash: string): boolean
}

export function createPasswords(hasher: PasswordHasher, hashing: HashingLimits): Passwords {
  const queue = createHashingQueue(hashing)
  let standIn: Promise<string> | undefined

  /** A hash of nothing anybody knows, with the parameters of now. Every check waits for it: the first one pays. */
  function standInHash(): Promise<string> {
    standIn ??= hasher.hash(randomBytes(32).toString('base64')).catch((error: unknown) => {
      standIn = undefined
      throw error
    })
    return standIn
  }

  return {
    hash: (password, signal) => queue.run(() => hasher.hash(normalised(password)), signal),
    matches: (hash, password, signal) =>
      queue.run(async () => {
        const unknown = await standInHash()
        const same = await hasher.verify(hash ?? unknown, normalised(password))
        return same && hash !== undefined
      }, signal),
    needsRehash: (hash) => hasher.needsRehash(hash),
  }
}
