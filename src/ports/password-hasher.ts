/**
 * Turns passwords into hashes and checks them. A password to be hashed is checked and in Unicode's NFC form. One that
 * somebody types in another form is verified twice, in NFC and as typed: another system may have hashed it so. The service
 * sees to it that not too many are hashed at once. `argon2id()` is the one that is there.
 *
 * ```ts
 * // Also knows the hashes of an earlier system, each until its user signs in.
 * const current = argon2id()
 * const hasher: PasswordHasher = {
 *   hash: current.hash,
 *   verify: async (hash, password) => (isOld(hash) ? matchesOld(hash, password) : current.verify(hash, password)),
 *   needsRehash: (hash) => isOld(hash) || current.needsRehash(hash),
 * }
 * ```
 */
export interface PasswordHasher {
  /** Creates a hash with the parameters of now, and with a salt of its own. */
  hash(password: string): Promise<string>
  /**
   * Returns whether the hash was made from the password. A hash comes from the database and is not to be trusted: one
   * that is malformed, of another kind, or too costly to check answers `false`, soon and without an error.
   */
  verify(hash: string, password: string): Promise<boolean>
  /** Returns whether the hash was made with other parameters than those of now: the next sign-in makes it anew. */
  needsRehash(hash: string): boolean
}
