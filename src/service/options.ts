import * as v from 'valibot'
import type { CommittedActivity } from '../domain/committed-activity.js'
import { checked } from '../domain/input.js'
import { limits } from '../domain/limits.js'
import { InvalidInputError, InvalidOptionsError } from '../errors.js'
import { defaultHashingLimits, type HashingLimits } from '../passwords/hashing-queue.js'
import type { DescribeClient, Locate } from '../ports/client-info.js'
import type { Logger } from '../ports/logger.js'
import type { PasswordHasher } from '../ports/password-hasher.js'
import type { UsersStorage } from '../ports/storage.js'
import type { BeforeCreate } from './before-create.js'

/** What a users service is made of: `storage` is all that must be given. */
export interface UsersServiceOptions {
  /** Where the users are: `memoryStorage()`, `sqliteStorage(path)`. */
  readonly storage: UsersStorage
  /** How passwords are hashed: `argon2id()` when absent. */
  readonly passwords?: PasswordHasher
  /** What a new password must be. */
  readonly passwordPolicy?: {
    /** Code points, 8 when absent; use 15 where a password is the only factor. */
    readonly minLength?: number
    /** Answers why a new password is refused, or `undefined`: for a list of common or breached ones. */
    readonly refuse?: (password: string, user: { email: string; name: string }) => Refusal | Promise<Refusal>
  }
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
  readonly beforeCreate?: BeforeCreate
  /** How many passwords are hashed at once (by default one less than libuv has threads) and may wait (1,000). */
  readonly hashing?: Partial<HashingLimits>
  readonly sessions?: {
    /** 30 days when absent. */
    readonly lifetimeMs?: number
    /** Ends sessions that are not used for so long. Off when absent. */
    readonly idleTimeoutMs?: number
    /** 100 when absent: the oldest ends when one more starts. */
    readonly maxPerUser?: number
  }
  /**
   * How long `close()` may take, in milliseconds: 10 seconds when absent. Whoever still waits then is rejected with
   * `ClosedError`, and the storage is closed all the same.
   */
  readonly closeTimeoutMs?: number
  /** The clock: the system's when absent. */
  readonly now?: () => Date
  /** Makes the ids of users, sessions and entries. Must not repeat itself. */
  readonly newId?: () => string
  /** Reads user agents: with `bowser` when absent. */
  readonly describeClient?: DescribeClient
  /** Finds the country of an IP address, with a GeoIP database that the host brings. Unknown when absent. */
  readonly locate?: Locate
  /**
   * Gets each entry after its commit, those of one user in the order of their commits. A crash between commit and
   * call loses the call, not the entry. What it throws is logged and changes nothing. Of events of your own say the
   * names, to compare with them: `onEvent: (entry: CommittedActivity<'invoice.paid'>) => ...`.
   */
  readonly onEvent?: (entry: CommittedActivity) => void | Promise<void>
  /** Gets what cannot be thrown. Shaped like pino; process warnings when absent. */
  readonly logger?: Logger
}

/** Why a password is refused, to go on after "password": `is too common`. */
export type Refusal = string | undefined

const fn = <T>() => v.custom<T>((value) => typeof value === 'function', 'must be a function')
const withMethods = <T>(methods: readonly string[], cure: string) =>
  v.custom<T>(
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      methods.every((method) => typeof Reflect.get(value, method) === 'function'),
    cure,
  )
const count = (min: number) => v.pipe(v.number('must be a number'), v.integer('must be whole'), v.minValue(min))

const storageMethods = [
  ...['findUser', 'listUsers', 'findSession', 'listSessions', 'listActivity'],
  ...['listAllSessions', 'listAllActivity', 'listTombstones', 'commit', 'sweep', 'close'],
]

export const storageSchema = withMethods<UsersStorage>(
  storageMethods,
  "must be a storage, such as memoryStorage() or sqliteStorage('users.db')",
)

const optionsSchema = v.strictObject({
  storage: storageSchema,
  passwords: v.optional(withMethods<PasswordHasher>(['hash', 'verify', 'needsRehash'], 'must be a password hasher')),
  passwordPolicy: v.optional(
    v.strictObject({
      minLength: v.optional(v.pipe(count(limits.passwordMinLength), v.maxValue(64)), limits.passwordMinLength),
      refuse: v.optional(fn<NonNullable<NonNullable<UsersServiceOptions['passwordPolicy']>['refuse']>>()),
    }),
    {},
  ),
  beforeCreate: v.optional(fn<BeforeCreate>()),
  hashing: v.optional(v.strictObject({ concurrency: v.optional(count(1)), maxWaiting: v.optional(count(0)) }), {}),
  sessions: v.optional(
    v.strictObject({
      lifetimeMs: v.optional(count(1), limits.sessionLifetimeMs),
      idleTimeoutMs: v.optional(count(1)),
      maxPerUser: v.optional(v.pipe(count(1), v.maxValue(10_000)), limits.sessionsPerUser),
    }),
    {},
  ),
  // What a timer of the platform can wait for.
  closeTimeoutMs: v.optional(v.pipe(count(1), v.maxValue(2_147_483_647)), limits.closeTimeoutMs),
  now: v.optional(fn<() => Date>()),
  newId: v.optional(fn<() => string>()),
  describeClient: v.optional(fn<DescribeClient>()),
  locate: v.optional(fn<Locate>()),
  onEvent: v.optional(fn<NonNullable<UsersServiceOptions['onEvent']>>()),
  logger: v.optional(withMethods<Logger>(['warn', 'error'], 'must have warn and error')),
})

/**
 * Checks the options of the factory and fills in defaults.
 *
 * @throws {InvalidOptionsError} naming the option, also for a name that is none.
 */
export function checkedOptions(options: UsersServiceOptions) {
  try {
    const known = checked(optionsSchema, options, 'options')
    const { concurrency, maxWaiting } = defaultHashingLimits()
    const hashing: HashingLimits = {
      concurrency: known.hashing.concurrency ?? concurrency,
      maxWaiting: known.hashing.maxWaiting ?? maxWaiting,
    }
    return { ...known, hashing }
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    throw new InvalidOptionsError(error.message.replace('invalid input', 'createUsersService'))
  }
}
