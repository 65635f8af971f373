import type { KnownCaller } from '../../domain/caller.js'
import { isId } from '../../domain/ids.js'
import { hashSessionSecret, isSessionSecret } from '../../domain/session.js'
import { nextEpoch } from '../../domain/user.js'
import { SessionNotFoundError, UserNotFoundError } from '../../errors/index.js'
import { type Core, checkedCall, checkedText } from '../core.js'
import { conflictReason } from '../runtime/retries.js'
import type { UsersService } from '../users-service.js'

type SessionEnds = Pick<UsersService, 'signOut' | 'deleteUserSession' | 'deleteUserSessions'>

export function sessionEnds(core: Core): SessionEnds {
  /** @throws {SessionNotFoundError} or {UserNotFoundError}. */
  async function endSession(userId: string, sessionId: string, by: KnownCaller): Promise<void> {
    try {
      await core.commit([
        { op: 'deleteSession', userId, sessionId },
        { op: 'appendActivity', activity: core.entry('session.deleted', { userId, by, details: { sessionId } }) },
      ])
    } catch (error) {
      if (conflictReason(error) !== 'missing-session') throw error
      await core.existingUser(userId)
      throw new SessionNotFoundError(sessionId)
    }
  }

  return {
    async signOut(secret, options) {
      const { by, signal } = checkedCall(options)
      const found = isSessionSecret(secret) && (await core.storage.findSession(hashSessionSecret(secret)))
      if (!found) return
      signal?.throwIfAborted()
      try {
        await endSession(found.session.userId, found.session.id, by)
      } catch (error) {
        // Ended by somebody else in this moment, or with the user.
        if (!(error instanceof SessionNotFoundError) && !(error instanceof UserNotFoundError)) throw error
      }
    },

    async deleteUserSession(id, otherId, options) {
      const userId = checkedText('userId', id)
      const sessionId = checkedText('sessionId', otherId)
      const { by } = checkedCall(options)
      if (!isId(userId) || !isId(sessionId)) {
        await core.existingUser(userId)
        throw new SessionNotFoundError(sessionId)
      }
      await endSession(userId, sessionId, by)
    },

    async deleteUserSessions(id, options) {
      const userId = checkedText('userId', id)
      const call = checkedCall(options)
      await core.changing(userId, async () => {
        call.signal?.throwIfAborted()
        const user = await core.existingUser(userId)
        // By the epoch, so that a session dies too that is just being started and the deletion does not see. What the
        // user is has not changed: `updatedAt` stays.
        const ended = { ...user, sessionEpoch: nextEpoch(user.sessionEpoch), version: user.version + 1 }
        await core.commit([
          { op: 'replaceUser', user: ended, expectedVersion: user.version },
          { op: 'deleteSessions', userId },
          { op: 'appendActivity', activity: core.entry('session.all-deleted', { userId, by: call.by }) },
        ])
      })
    },
  }
}
