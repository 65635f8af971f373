import * as v from 'valibot'
import { emailSchema, keyOfEmail } from '../../domain/email.js'
import { idTries, newIdSchema } from '../../domain/ids.js'
import { checked } from '../../domain/input.js'
import type { SchemaOf } from '../../domain/options.js'
import { checkedPrefs, mergePrefs } from '../../domain/prefs.js'
import { searchText } from '../../domain/search-text.js'
import { nameSchema, statusSchema, toUser, type UserRecord } from '../../domain/user.js'
import { EmailTakenError, IdTakenError } from '../../errors/index.js'
import { newPasswordSchema } from '../../passwords/password.js'
import { type Call, checkedCall } from '../arguments.js'
import type { Core } from '../core.js'
import { conflictReason, withRetry } from '../runtime/retries.js'
import type { NewUser, UsersService } from '../users-service.js'
import { refuseByHost, refuseByPolicy } from './policies.js'

export function userCreation(core: Core): Pick<UsersService, 'createUser'> {
  const schema = v.strictObject({
    email: emailSchema,
    password: v.optional(newPasswordSchema(core.options.passwordPolicy.minLength)),
    name: v.optional(nameSchema, ''),
    id: v.optional(newIdSchema),
    status: v.optional(statusSchema, 'active'),
    emailVerified: v.optional(v.boolean('must be true or false'), false),
    prefs: v.optional(v.unknown()),
  } satisfies SchemaOf<NewUser>)

  async function insert(user: UserRecord, call: Call): Promise<void> {
    call.signal?.throwIfAborted()
    const activity = core.entry({ event: 'user.created', userId: user.id }, call.by)
    const changes = [{ op: 'insertUser', user } as const, { op: 'appendActivity', activity } as const]
    await core.commit(changes, { wasApplied: () => wasApplied(core, user) })
  }

  return {
    async createUser(input, options) {
      const { id: chosenId, email, emailVerified, name, password, prefs, status } = checked(schema, input)
      const call = checkedCall(options)
      const settings = mergePrefs({}, prefs === undefined ? {} : checkedPrefs(prefs))
      if (password !== undefined) await refuseByPolicy(core, password, { email, name })
      let id = chosenId ?? core.newId('user')
      const key = keyOfEmail(email)
      // Saves the hash for an email that is taken. The unique index decides at the commit.
      if (await core.storage.findUser({ emailKey: key })) throw new EmailTakenError()
      const hasPassword = password !== undefined
      const chosen = chosenId !== undefined && { id: chosenId }
      await refuseByHost(core, { email, emailVerified, name, status, prefs: settings, hasPassword, ...chosen }, call)
      const passwordHash = password === undefined ? undefined : await core.passwordQueue.hash(password, call.signal)

      const now = core.now()
      for (let tries = 1; ; tries++) {
        const user: UserRecord = {
          id,
          email,
          emailKey: key,
          emailVerified,
          name,
          status,
          prefs: settings,
          passwordHash,
          passwordUpdatedAt: passwordHash === undefined ? undefined : now,
          createdAt: now,
          updatedAt: now,
          searchText: searchText({ name, email, id }),
          version: 1,
          sessionEpoch: 1,
        }
        try {
          await insert(user, call)
          return toUser(user)
        } catch (error) {
          const reason = conflictReason(error)
          if (reason === 'email-taken') throw new EmailTakenError()
          if (reason !== 'id-taken') throw error
          if (chosenId !== undefined || tries === idTries) throw new IdTakenError(id)
          id = core.newId('user')
        }
      }
    },
  }
}

/**
 * Returns whether an earlier attempt created this user durably. What can be read may not have reached the disk or the
 * standby yet; a write after it returns only once it has.
 */
async function wasApplied(core: Core, user: UserRecord): Promise<boolean> {
  return withRetry('stale-user', async () => {
    const found = await core.storage.findUser({ id: user.id })
    if (!found || !isInserted(user, found)) return false
    await core.commit([{ op: 'replaceUser', user: found, expectedVersion: found.version }])
    return true
  })
}

/** Returns whether the found user is the inserted one, and not another with the same id. */
function isInserted(user: UserRecord, found: UserRecord): boolean {
  return (
    found.emailKey === user.emailKey &&
    found.passwordHash === user.passwordHash &&
    found.createdAt.getTime() === user.createdAt.getTime()
  )
}
