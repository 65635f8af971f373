/**
 * Hashes and checks passwords. A password to hash has been validated and is in Unicode's NFC form. One typed in another
 * form is verified twice, in NFC and as typed, since another system may have hashed it as typed. The service limits how
 * many are hashed at once. The default is `argon2id()`.
 *
 * ```ts
 * // Also accepts the hashes of an earlier system, each until its user signs in.
 * const current = argon2id()
 * const hasher: PasswordHasher = {
 *   hash: current.hash,
 *   verify: async (hash, password) => (isOld(hash) ? matchesOld(hash, password) : current.verify(hash, password)),
 *   needsRehash: (hash) => isOld(hash) || current.needsRehash(hash),
 * }
 * ```
 */
export interface PasswordHasher {
  /** Creates a hash with the current parameters and a new salt. */
  hash(password: string): Promise<string>
  /**
   * Returns whether the hash belongs to the password. Do not trust the hash, which comes from the database: for one
   * that is malformed, of another kind, or too costly to check, return `false` quickly and without an error.
   */
  verify(hash: string, password: string): Promise<boolean>
  /** Returns whether the hash has other than the current parameters, so that the next sign-in replaces it. */
  needsRehash(hash: string): boolean
}
