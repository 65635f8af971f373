import * as v from 'valibot'
import type { ServiceEntry } from '../../domain/activity.js'
import { emailSchema } from '../../domain/email.js'
import { checked } from '../../domain/input.js'
import { checkedPrefs, mergePrefs } from '../../domain/prefs.js'
import { nameSchema, nextEpoch, revised, statusSchema, toUser, type UserRecord } from '../../domain/user.js'
import { EmailTakenError } from '../../errors/index.js'
import { newPasswordSchema } from '../../passwords/password.js'
import { type Call, checkedCall, checkedText } from '../arguments.js'
import type { Core, CoreChange } from '../core.js'
import { conflictReason } from '../runtime/retries.js'
import type { UsersService } from '../users-service.js'
import { refuseByPolicy } from './policies.js'

const statusChange = v.strictObject({ status: statusSchema })
const prefsChange = v.strictObject({ prefs: v.unknown() })
const nameChange = v.strictObject({ name: nameSchema })
const emailChange = v.strictObject({ email: emailSchema })

type UserChanges = Pick<
  UsersService,
  'updateUserStatus' | 'updateUserPrefs' | 'updateUserName' | 'updateUserEmail' | 'updateUserPassword' | 'deleteUser'
>

export function userChanges(core: Core): UserChanges {
  const passwordChange = v.strictObject({ password: newPasswordSchema(core.options.passwordPolicy.minLength) })

  return {
    async updateUserStatus(id, input, options) {
      const userId = checkedText('userId', id)
      const { status } = checked(statusChange, input)
      const user = await changeUser(core, userId, checkedCall(options), (found) => {
        if (found.status === status) return undefined
        const plan = {
          change: { status },
          entry: { event: 'user.status-updated', userId, details: { status } },
        } as const
        return status === 'active' ? plan : { ...plan, endSessions: true }
      })
      return toUser(user)
    },

    async updateUserPrefs(id, input, options) {
      const userId = checkedText('userId', id)
      const change = checkedPrefs(checked(prefsChange, input).prefs)
      const user = await changeUser(core, userId, checkedCall(options), ({ prefs }) => {
        const merged = mergePrefs(prefs, change)
        if (JSON.stringify(merged) === JSON.stringify(prefs)) return undefined
        // The names show an admin what happened. Those that do not fit into an entry are left out.
        const keys = Object.keys(change)
          .slice(0, 50)
          .map((key) => key.slice(0, 64).toWellFormed())
        return { change: { prefs: merged }, entry: { event: 'user.prefs-updated', userId, details: { keys } } }
      })
      return user.prefs
    },

    async updateUserName(id, input, options) {
      const userId = checkedText('userId', id)
      const { name } = checked(nameChange, input)
      const user = await changeUser(core, userId, checkedCall(options), (found) =>
        found.name === name ? undefined : { change: { name }, entry: { event: 'user.name-updated', userId } },
      )
      return toUser(user)
    },

    async updateUserEmail(id, input, options) {
      const userId = checkedText('userId', id)
      const { email } = checked(emailChange, input)
      try {
        const user = await changeUser(core, userId, checkedCall(options), (found) =>
          found.email === email
            ? undefined
            : { change: { email, emailVerified: false }, entry: { event: 'user.email-updated', userId } },
        )
        return toUser(user)
      } catch (error) {
        if (conflictReason(error) === 'email-taken') throw new EmailTakenError()
        throw error
      }
    },

    async updateUserPassword(id, input, options) {
      const userId = checkedText('userId', id)
      const { password } = checked(passwordChange, input)
      const call = checkedCall(options)
      await refuseByPolicy(core, password, await core.existingUser(userId))
      call.signal?.throwIfAborted()
      // Before the mutex: a hash takes milliseconds, and the user's other changes would wait for it.
      const passwordHash = await core.passwordQueue.hash(password, call.signal)
      const user = await changeUser(core, userId, call, () => ({
        change: { passwordHash, passwordUpdatedAt: core.now() },
        entry: { event: 'user.password-updated', userId },
        endSessions: true,
      }))
      return toUser(user)
    },

    async deleteUser(id, options) {
      const userId = checkedText('userId', id)
      const call = checkedCall(options)
      await core.changeExclusively(userId, async () => {
        call.signal?.throwIfAborted()
        const { version } = await core.existingUser(userId)
        call.signal?.throwIfAborted()
        const entry = core.entry({ event: 'user.deleted', userId }, call.by)
        const tombstone = { id: userId, deletedAt: entry.at, actor: call.by.actor }
        await core.commit([{ op: 'deleteUser', userId, expectedVersion: version, tombstone }], { eventOnly: entry })
      })
    },
  }
}

/** What an operation decides about the user that it read. */
interface PlannedChange {
  readonly change: Partial<UserRecord>
  readonly entry: ServiceEntry
  /** Ends all sessions in the same commit; the raised epoch also ends those still being started. */
  readonly endSessions?: true
}

/**
 * Reads a user, lets `plan` decide what to change, and commits that with its entry; starts over when another process
 * changed the user meanwhile. A plan of `undefined` changes nothing. `plan` must be fast: the user's other changes wait
 * for it.
 *
 * @throws {UserNotFoundError}
 * @throws {WriteContentionError}
 */
function changeUser(
  core: Core,
  userId: string,
  call: Call,
  plan: (user: UserRecord) => PlannedChange | undefined,
): Promise<UserRecord> {
  return core.changeExclusively(userId, async () => {
    call.signal?.throwIfAborted()
    const user = await core.existingUser(userId)
    call.signal?.throwIfAborted()
    const planned = plan(user)
    if (!planned) return user
    const { change, entry, endSessions } = planned
    const sessionEpoch = endSessions ? nextEpoch(user.sessionEpoch) : user.sessionEpoch
    const next = revised(user, { ...change, sessionEpoch }, core.now())
    const activity = core.entry(entry, call.by)
    const changes: CoreChange[] = [{ op: 'replaceUser', user: next, expectedVersion: user.version }]
    if (endSessions) changes.push({ op: 'deleteSessions', userId })
    await core.commit([...changes, { op: 'appendActivity', activity }])
    return next
  })
}
