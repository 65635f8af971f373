import * as v from 'valibot'
import type { CommittedActivity } from '../domain/activity.js'
import type { KnownCaller } from '../domain/caller.js'
import type { DescribeClient, Locate } from '../domain/client-info.js'
import type { IdKind } from '../domain/ids.js'
import { limits } from '../domain/limits.js'
import { checkedOptions, functionOption, objectOption, type SchemaOf, wholeNumberOption } from '../domain/options.js'
import { defaultHashingLimits, type HashingLimits } from '../passwords/hashing-queue.js'
import { type Logger, loggerOption } from '../ports/logger.js'
import type { PasswordHasher } from '../ports/password-hasher.js'
import type { UsersStorage } from '../ports/storage.js'
import type { NewUser } from './users-service.js'

/** The options of a users service: `storage` is the only required one. */
export interface UsersServiceOptions {
  /** Where the users are stored: `memoryStorage()`, `sqliteStorage(path)`, `postgresStorage({ pool })`. */
  readonly storage: UsersStorage
  /** Hashes and checks passwords. Default: `argon2id()`. */
  readonly passwords?: PasswordHasher | undefined
  /** What a new password must be like. By default only its length counts. */
  readonly passwordPolicy?:
    | {
        /** Code points, from 8 to 64. Default: 8; use 15 where a password is the only factor. */
        readonly minLength?: number | undefined
        /**
         * Returns why a new password is refused, or `undefined`: for lists of common or breached passwords. By default
         * none is refused.
         */
        readonly refuse?: RefusePassword | undefined
      }
    | undefined
  /**
   * Decides whether a user may be created, also over HTTP and inside a transaction: `undefined` lets the user in, a
   * string refuses, and is shown to the caller. Called once for each user, before the password is hashed; what it throws,
   * `createUser` throws. `copyUsers` does not call it. By default every user may be created.
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
  /** Limits of password hashing, which takes CPU and memory. By default they depend on the machine. */
  readonly hashing?:
    | {
        /**
         * Passwords hashed at once, from 1 to 1,024. Default: one less than libuv's threads (3 of 4), and at most one
         * more than there are processors.
         */
        readonly concurrency?: number | undefined
        /** Callers that may wait, from 0 to 1,000,000; beyond it `TooBusyError`. Default: 1,000. */
        readonly maxWaiting?: number | undefined
      }
    | undefined
  /** How long sessions last, and how many a user has. By default 30 days and 100. */
  readonly sessions?:
    | {
        /** Milliseconds from its start until a session ends, used or not: up to 100 years. Default: 30 days. */
        readonly lifetimeMs?: number | undefined
        /** Milliseconds without use after which a session ends: up to 100 years. By default none ends so. */
        readonly idleTimeoutMs?: number | undefined
        /** Sessions of one user, from 1 to 10,000; one more ends the oldest. Default: 100. */
        readonly maxPerUser?: number | undefined
      }
    | undefined
  /**
   * Milliseconds that `close()` may take, from 1 to 2,147,483,647. Calls still running then are rejected with
   * `ClosedError`, and the storage is closed all the same. Default: 10,000.
   */
  readonly closeTimeoutMs?: number | undefined
  /** The clock. A call fails, and writes nothing, when it returns an invalid time. Default: the system clock. */
  readonly now?: (() => Date) | undefined
  /**
   * Creates the ids of users, sessions and entries; `kind` says which. Ids must be unique: 1 to 36 of
   * `A-Z a-z 0-9 . _ -`, the first a letter or digit. A call fails, and writes nothing, when it returns anything else.
   * Default: 20 characters that sort by time.
   *
   * ```ts
   * const prefixes = { user: 'usr_', session: 'ses_', activity: 'act_' }
   * createUsersService({ storage, newId: ({ kind }) => prefixes[kind] + crypto.randomUUID().replaceAll('-', '') })
   * ```
   */
  readonly newId?: ((what: { readonly kind: IdKind }) => string) | undefined
  /** Parses user agents. An invalid result is logged once and counts as unknown. Default: `bowser`. */
  readonly describeClient?: DescribeClient | undefined
  /**
   * Looks up the country of an IP address, in a GeoIP database of yours. An invalid result is logged once and counts as
   * unknown. By default locations are unknown.
   */
  readonly locate?: Locate | undefined
  /**
   * Receives each entry after its commit, those of one user in the order of their log. A crash between commit and call
   * loses the call, not the entry. What it throws is logged and changes nothing. To compare with events of your own,
   * name them: `onEvent: (entry: CommittedActivity<'invoice.paid'>) => ...`. By default nothing is called.
   */
  readonly onEvent?: ((entry: CommittedActivity) => void | Promise<void>) | undefined
  /** Receives what cannot be thrown. Shaped like pino. Default: warnings of the process. */
  readonly logger?: Logger | undefined
}

/** Why a password is refused, worded to follow "password": `is too common`. `undefined` accepts it. */
export type PasswordRejection = string | undefined
type RefusePassword = (
  password: string,
  user: { email: string; name: string },
) => PasswordRejection | Promise<PasswordRejection>

type FilledIn<Input> = { readonly [Field in keyof Input]-?: Exclude<Input[Field], undefined> }

/** A user that is about to be created, validated and with defaults filled in. It does not contain the password. */
export interface UserToCreate extends FilledIn<Omit<NewUser, 'id' | 'password'>> {
  readonly hasPassword: boolean
  /** Present only when the caller chose it; other ids are generated later. */
  readonly id?: string
}

/** Who creates the user, and the signal that aborts the call. */
export interface CreationCall {
  readonly by: KnownCaller
  readonly signal?: AbortSignal
}

/** Returns `undefined` to let a user be created, or the reason why not. */
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
