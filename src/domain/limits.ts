/** Every limit of the core. Each is explained in `docs/limits.md`. */
export const limits = {
  /** Characters of a user's id, also of one chosen by the caller. */
  idLength: 36,
  /** Characters of an email address (RFC 5321, 4.5.3.1.3, less the angle brackets). */
  emailLength: 254,
  /** Characters of the part before the `@` (RFC 5321, 4.5.3.1.1). */
  emailLocalLength: 64,
  /** Code points of a name. */
  nameLength: 128,
  /** Code points of a password (NIST SP 800-63B-4: at least 64 must be allowed). */
  passwordMaxLength: 256,
  /** Code points of a password, unless the host asks for more (NIST SP 800-63B-4; 15 for a single factor). */
  passwordMinLength: 8,
  /** The largest `passwordPolicy.minLength`, in code points (NIST: 64 must be allowed). */
  passwordMinLengthMax: 64,
  /** Characters of a password hash, as a host's hasher may return it. */
  passwordHashLength: 1024,
  /** Bytes of the preferences of one user, as JSON in UTF-8, after a merge. */
  prefsBytes: 64 * 1024,
  /** Levels of nesting in preferences. */
  prefsDepth: 20,
  /** Settings at the top level of preferences. */
  prefsKeys: 1000,
  /** Code points of a search. */
  searchLength: 256,
  /** Rows of one page. */
  pageLimit: 100,
  /** Rows of a page when the caller does not say. */
  pageDefault: 25,
  /** Characters of a position in a list. */
  positionLength: 256,
  /** Matches up to which the total of a search is exact. */
  totalCap: 5000,
  /** Characters of the user agent that is kept. */
  userAgentLength: 512,
  /** Characters of the name of an actor. */
  actorLength: 128,
  /** Characters of the name of an activity event. */
  eventLength: 64,
  /** Bytes of the details of an activity entry, as JSON in UTF-8. */
  detailsBytes: 4 * 1024,
  /** Sessions of one user; the oldest ends when one more starts. */
  sessionsPerUser: 100,
  /** Sessions of one user that a host can allow at most. */
  sessionsPerUserMax: 10_000,
  /** Milliseconds until a session ends for good: 30 days. */
  sessionLifetimeMs: 30 * 24 * 60 * 60 * 1000,
  /** Milliseconds that a host can let a session live, used or not: 100 years. */
  sessionLifetimeMaxMs: 36_525 * 24 * 60 * 60 * 1000,
  /** Milliseconds of a date from 1970, in either direction: up to the end of the year 9999. */
  dateMs: 253_402_300_799_999,
  /** Callers that may wait for a password to be hashed. */
  hashesWaiting: 1000,
  /** Callers that a host can let wait at most. */
  hashesWaitingMax: 1_000_000,
  /** Passwords that a host can have hashed at once: libuv has no more threads. */
  hashesAtOnceMax: 1024,
  /** Milliseconds for which a write that meets other writers is tried again. */
  writeBudgetMs: 5000,
  /** Milliseconds that closing the service may take. */
  closeTimeoutMs: 10_000,
  /** Rows that one step of a sweep may delete, where the storage is quick. */
  sweepStep: 500,
  /** Records that one step of a copy to another storage takes. */
  copyStep: 500,
} as const
