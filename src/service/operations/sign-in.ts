import * as v from 'valibot'
import { emailSchema, keyOfEmail } from '../../domain/email.js'
import { checked } from '../../domain/input.js'
import type { SchemaOf } from '../../domain/options.js'
import { revised, toUser, type UserRecord } from '../../domain/user.js'
import { InvalidCredentialsError, TransactionConflictError, UserNotFoundError } from '../../errors/index.js'
import { typedPasswordSchema } from '../../passwords/password.js'
import { type Call, checkedCall } from '../arguments.js'
import type { Core } from '../core.js'
import { conflictReason } from '../runtime/retries.js'
import type { Credentials, UsersService } from '../users-service.js'
import { startSession } from './sessions.js'

const credentials = v.strictObject({
  email: emailSchema,
  password: typedPasswordSchema,
} satisfies SchemaOf<Credentials>)

type SignIn = Pick<UsersService, 'verifyUserPassword' | 'signIn'>

export function signIn(core: Core): SignIn {
  /** Every refusal costs one hash and one commit, and throws the same error. */
  async function authenticate(input: Credentials, call: Call): Promise<UserRecord> {
    const { email, password } = checked(credentials, input)
    const user = await core.storage.findUser({ emailKey: keyOfEmail(email) })
    const match = await core.passwordQueue.matches(user?.passwordHash, password, call.signal)
    call.signal?.throwIfAborted()
    if (!user || !match || user.status !== 'active') {
      await recordRefusal(user, call)
      throw new InvalidCredentialsError()
    }
    if (match.isOutdated) await rehash(user, password, call)
    return user
  }

  async function recordRefusal(user: UserRecord | undefined, call: Call): Promise<void> {
    const activity = core.entry({ event: 'sign-in.failed', ...(user && { userId: user.id }) }, call.by)
    try {
      await core.commit([{ op: 'appendActivity', activity }])
    } catch (error) {
      // The user was deleted at this moment, and the entry would be about nobody.
      if (conflictReason(error) !== 'missing-user') throw error
    }
  }

  /** Brings a hash up to date. The sign-in continues even if that fails. */
  async function rehash(user: UserRecord, password: string, { signal }: Call): Promise<void> {
    const { passwordHash } = user
    try {
      const better = await core.passwordQueue.hash(password, signal)
      await core.userMutex.runExclusive(user.id, async () => {
        signal?.throwIfAborted()
        const current = await core.existingUser(user.id)
        signal?.throwIfAborted()
        // Only over the hash that was checked: a password set meanwhile wins.
        if (current.passwordHash !== passwordHash) return
        const next = revised(current, { passwordHash: better }, core.now())
        await core.commit([{ op: 'replaceUser', user: next, expectedVersion: current.version }])
      })
    } catch (error) {
      signal?.throwIfAborted()
      if (error instanceof TransactionConflictError) throw error
      core.logger.warn({ err: error }, 'rollbook: a password could not be rehashed; the next sign-in tries again')
    }
  }

  return {
    async verifyUserPassword(input, options) {
      return toUser(await authenticate(input, checkedCall(options)))
    },

    async signIn(input, options) {
      const call = checkedCall(options)
      const user = await authenticate(input, call)
      try {
        return { user: toUser(user), ...(await startSession(core, user, call)) }
      } catch (error) {
        if (error instanceof UserNotFoundError) throw new InvalidCredentialsError()
        throw error
      }
    },
  }
}
