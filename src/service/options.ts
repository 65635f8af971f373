import * as v from 'valibot'
import type { CommittedActivity } from '../domain/activity.js'
import type { KnownCaller } from '../domain/caller.js'
import type { IdKind } from '../domain/ids.js'
import { limits } from '../domain/limits.js'
import { checkedOptions, functionOption, objectOption, type SchemaOf, wholeNumberOption } from '../domain/options.js'
import type { User } from '../domain/user.js'
import { defaultHashingLimits, type HashingLimits } from '../passwords/hashing-queue.js'
import type { DescribeClient, Locate } from '../ports/client-info.js'
import { type Logger, loggerOption } from '../ports/logger.js'
import type { PasswordHasher } from '../ports/password-hasher.js'
import type { UsersStorage } from '../ports/storage.js'

/** What a users service is made of: `storage` is all that must be given. */
export interface UsersServiceOptions {
  /** Where the users are: `memoryStorage()`, `sqliteStorage(path)`. */
  readonly storage: UsersStorage
  /** How passwords are hashed: `argon2id()` when absent. */
  readonly passwords?: PasswordHasher | undefined
  /** What a new password must be. */
  readonly passwordPolicy?:
    | {
        /** Code points, 8 when absent, at most 64; use 15 where a password is the only factor. */
        readonly minLength?: number | undefined
        /** Returns why a new password is refused, or `undefined`: for a list of common or breached ones. */
        readonly refuse?: RefusePassword | undefined
      }
    | undefined
  /**
   * Is asked before each `createUser`, also through HTTP and inside a transaction: `undefined` lets it go on, a text
   * refuses the user, and is shown to whoever wanted to create it. Awaited before the password is hashed, and once for
   * each user. What it throws, `createUser` throws. `copyUsers` does not ask.
   *
   * ```ts
   * const users = createUsersService({
   *   storage,
   *   beforeCreate: ({ email }, { by }) =>
   *     by.actor || email.endsWith('@example.com') ? undefined : 'only an admin can add somebody from outside',
   * })
   * ```
   */
  readonly beforeCreate?: BeforeCreate | undefined
  /**
   * How many passwords are hashed at once (by default one less than libuv has threads, at most 1,024) and may wait
   * (1,000, at most 1,000,000).
   */
  readonly hashing?: { readonly concurrency?: number | undefined; readonly maxWaiting?: number | undefined } | undefined
  readonly sessions?:
    | {
        /** 30 days when absent, at most 100 years. */
        readonly lifetimeMs?: number | undefined
        /** Ends sessions that are not used for so long, at most 100 years. Off when absent. */
        readonly idleTimeoutMs?: number | undefined
        /** 100 when absent, at most 10,000: the oldest ends when one more starts. */
        readonly maxPerUser?: number | undefined
      }
    | undefined
  /**
   * How long `close()` may take, in milliseconds: 10 seconds when absent. Whoever still waits then is rejected with
   * `ClosedError`, and the storage is closed all the same.
   */
  readonly closeTimeoutMs?: number | undefined
  /** The clock: the system's when absent. A call fails when it returns no time, and writes nothing. */
  readonly now?: (() => Date) | undefined
  /**
   * Creates the ids of users, sessions and entries, and is told which. It must not repeat itself, and return 1 to 36 of
   * `A-Z a-z 0-9 . _ -`, the first a letter or digit: a call fails with what is no id, and writes nothing.
   *
   * ```ts
   * const prefixes = { user: 'usr_', session: 'ses_', activity: 'act_' }
   * createUsersService({ storage, newId: ({ kind }) => prefixes[kind] + crypto.randomUUID().replaceAll('-', '') })
   * ```
   */
  readonly newId?: ((what: { readonly kind: IdKind }) => string) | undefined
  /** Reads user agents: with `bowser` when absent. What is no description is logged once and counts as unknown. */
  readonly describeClient?: DescribeClient | undefined
  /**
   * Finds the country of an IP address, with a GeoIP database that the host brings. Unknown when absent. What is no
   * location is logged once and counts as unknown.
   */
  readonly locate?: Locate | undefined
  /**
   * Gets each entry after its commit, those of one user in the order of their log. A crash between commit and
   * call loses the call, not the entry. What it throws is logged and changes nothing. Of events of your own say the
   * names, to compare with them: `onEvent: (entry: CommittedActivity<'invoice.paid'>) => ...`.
   */
  readonly onEvent?: ((entry: CommittedActivity) => void | Promise<void>) | undefined
  /** Gets what cannot be thrown. Shaped like pino; process warnings when absent. */
  readonly logger?: Logger | undefined
}

/** Why a password is refused, to go on after "password": `is too common`. */
export type PasswordRejection = string | undefined
type RefusePassword = (
  password: string,
  user: { email: string; name: string },
) => PasswordRejection | Promise<PasswordRejection>

/** A user that is about to be created, checked and with all defaults. The password is not in it. */
export interface UserToCreate
  extends Pick<User, 'email' | 'emailVerified' | 'name' | 'status' | 'prefs' | 'hasPassword'> {
  /** The id that the caller chose. The service makes the others later. */
  readonly id?: string
}

/** Who creates the user, and until when somebody waits for the answer. */
export interface CreationCall {
  readonly by: KnownCaller
  readonly signal?: AbortSignal
}

/** Returns `undefined` to let a user be created, or why not. */
export type BeforeCreate = (user: UserToCreate, call: CreationCall) => string | undefined | Promise<string | undefined>

const milliseconds = wholeNumberOption(1, limits.sessionLifetimeMaxMs)

export const storageOption = objectOption<UsersStorage>(
  {
    findUser: true,
    listUsers: true,
    findSession: true,
    listSessions: true,
    listActivity: true,
    walk: true,
    commit: true,
    sweep: true,
    close: true,
  },
  "must be a storage, such as memoryStorage() or sqliteStorage('users.db')",
)

const optionsSchema = v.strictObject({
  storage: storageOption,
  passwords: v.optional(
    objectOption<PasswordHasher>({ hash: true, verify: true, needsRehash: true }, 'must be a password hasher'),
  ),
  passwordPolicy: v.optional(
    v.strictObject({
      minLength: v.optional(
        wholeNumberOption(limits.passwordMinLength, limits.passwordMinLengthMax),
        limits.passwordMinLength,
      ),
      refuse: v.optional(functionOption<RefusePassword>()),
    } satisfies SchemaOf<UsersServiceOptions['passwordPolicy']>),
    {},
  ),
  beforeCreate: v.optional(functionOption<BeforeCreate>()),
  hashing: v.optional(
    v.strictObject({
      concurrency: v.optional(wholeNumberOption(1, limits.hashesAtOnceMax)),
      maxWaiting: v.optional(wholeNumberOption(0, limits.hashesWaitingMax)),
    } satisfies SchemaOf<UsersServiceOptions['hashing']>),
    {},
  ),
  sessions: v.optional(
    v.strictObject({
      lifetimeMs: v.optional(milliseconds, limits.sessionLifetimeMs),
      idleTimeoutMs: v.optional(milliseconds),
      maxPerUser: v.optional(wholeNumberOption(1, limits.sessionsPerUserMax), limits.sessionsPerUser),
    } satisfies SchemaOf<UsersServiceOptions['sessions']>),
    {},
  ),
  // What a timer of the platform can wait for.
  closeTimeoutMs: v.optional(wholeNumberOption(1, 2_147_483_647), limits.closeTimeoutMs),
  now: v.optional(functionOption<() => Date>()),
  newId: v.optional(functionOption<NonNullable<UsersServiceOptions['newId']>>()),
  describeClient: v.optional(functionOption<DescribeClient>()),
  locate: v.optional(functionOption<Locate>()),
  onEvent: v.optional(functionOption<NonNullable<UsersServiceOptions['onEvent']>>()),
  logger: v.optional(loggerOption),
} satisfies SchemaOf<UsersServiceOptions>)

/**
 * Checks the options of a service and fills in defaults.
 *
 * @throws {InvalidOptionsError} naming each option that is wrong, missing or unknown.
 */
export function checkedServiceOptions(options: UsersServiceOptions) {
  const { hashing, ...known } = checkedOptions('createUsersService', optionsSchema, options)
  const defaults = defaultHashingLimits()
  const limited: HashingLimits = {
    concurrency: hashing.concurrency ?? defaults.concurrency,
    maxWaiting: hashing.maxWaiting ?? defaults.maxWaiting,
  }
  return { ...known, hashing: limited }
}
