/** Turns passwords into hashes and checks them. A password arrives checked and normalised. */
export interface PasswordHasher {
  hash(password: string): Promise<string>
  /**
   * Answers whether the hash was made from the password. A hash comes from the database and is not to be trusted: one
   * that is malformed, of another kind, or too costly to check answers `false`, soon and without an error.
   */
  verify(hash: string, password: string): Promise<boolean>
  /** Answers whether the hash was made with other parameters than those of now. */
  needsRehash(hash: string): boolean
}
