/**
 * A one-time secret, as a storage keeps it. Whoever has the secret may do one thing as the user, once: it is deleted by being
 * redeemed.
 *
 * What a token is bound to makes it worthless when that changes: one that gives access is bound to the session epoch, so
 * that a block, a new password or the end of all sessions takes it back, and one that proves an email is bound to it.
 */
export interface TokenRecord {
  /** Unique among tokens, and no secret. */
  readonly id: string
  readonly userId: string
  /** What it is good for: words such as `password-reset` and `email-verification`, or one of the host's. */
  readonly purpose: string
  /** A hash of the secret. Unique among tokens, so a short code is hashed together with its user and purpose. */
  readonly secretHash: string
  /** The user's `sessionEpoch` when the token was made; `undefined` when it outlives the end of sessions. */
  readonly sessionEpoch: number | undefined
  /** The email that the token was sent to and proves; `undefined` when it was sent in another way. */
  readonly email: string | undefined
  /** How many wrong tries a short code has left; `undefined` for a secret that nobody can guess. */
  readonly triesLeft: number | undefined
  /** Who made it, where that was not the user: a session that it starts is then begun by them. */
  readonly actor: string | undefined
  readonly createdAt: Date
  /** From this moment on it is worthless, and the next sweep deletes it. */
  readonly expiresAt: Date
}
