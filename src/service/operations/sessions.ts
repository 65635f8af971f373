import type { KnownCaller } from '../../domain/caller.js'
import { idTries, isId } from '../../domain/ids.js'
import { checked } from '../../domain/input.js'
import {
  hashSessionSecret,
  isSessionSecret,
  newSessionSecret,
  type SessionRecord,
  toSession,
} from '../../domain/session.js'
import { nextEpoch, toUser, type UserRecord } from '../../domain/user.js'
import {
  IdTakenError,
  InvalidSessionError,
  SessionNotFoundError,
  TransactionConflictError,
  UserNotActiveError,
  UserNotFoundError,
} from '../../errors/index.js'
import { type Call, checkedCall, checkedText, listQuerySchema, rangeOf } from '../arguments.js'
import type { Core } from '../core.js'
import { createDescriber } from '../runtime/describer.js'
import { conflictReason } from '../runtime/retries.js'
import type { NewSession, UsersService } from '../users-service.js'

const longestTouchMs = 60_000

type Sessions = Pick<
  UsersService,
  'createUserSession' | 'verifyUserSession' | 'getUserSessions' | 'signOut' | 'deleteUserSession' | 'deleteUserSessions'
>

export function sessions(core: Core): Sessions {
  const describe = createDescriber(core)
  const { idleTimeoutMs } = core.options.sessions

  /** A session last used at or before this moment is idle. */
  const idleSince = (now: Date) => (idleTimeoutMs === undefined ? undefined : new Date(now.getTime() - idleTimeoutMs))

  async function touch(session: SessionRecord, now: Date, { signal }: Call): Promise<void> {
    if (idleTimeoutMs === undefined) return
    const unusedMs = now.getTime() - session.usedAt.getTime()
    if (unusedMs < Math.min(idleTimeoutMs / 10, longestTouchMs)) return
    signal?.throwIfAborted()
    try {
      await core.commit([{ op: 'touchSession', sessionId: session.id, usedAt: now }])
    } catch (error) {
      // The transaction cannot continue, however good the session is.
      if (error instanceof TransactionConflictError) throw error
      // The session is still good, and its next use tries again.
      core.logger.warn({ err: error }, 'rollbook: the last use of a session could not be stored')
    }
  }

  /** @throws {SessionNotFoundError} or {UserNotFoundError}. */
  async function endSession(userId: string, sessionId: string, by: KnownCaller): Promise<void> {
    const activity = core.entry({ event: 'session.deleted', userId, details: { sessionId } }, by)
    try {
      await core.commit([
        { op: 'deleteSession', userId, sessionId },
        { op: 'appendActivity', activity },
      ])
    } catch (error) {
      if (conflictReason(error) !== 'missing-session') throw error
      await core.existingUser(userId)
      throw new SessionNotFoundError(sessionId)
    }
  }

  return {
    async createUserSession(id, options) {
      const call = checkedCall(options)
      const user = await core.existingUser(checkedText('userId', id))
      if (user.status !== 'active') throw new UserNotActiveError(user.id)
      return startSession(core, user, call)
    },

    async verifyUserSession(secret, options) {
      const call = checkedCall(options)
      if (!isSessionSecret(secret)) throw new InvalidSessionError()
      const found = await core.storage.findSession(hashSessionSecret(secret))
      if (!found) throw new InvalidSessionError()
      const { user, session } = found
      const now = core.now()
      const idle = idleSince(now)
      const alive =
        user.status === 'active' &&
        session.sessionEpoch === user.sessionEpoch &&
        session.expiresAt > now &&
        (idle === undefined || session.usedAt > idle)
      if (!alive) throw new InvalidSessionError()
      await touch(session, now, call)
      return { user: toUser(user), session: toSession(session) }
    },

    async getUserSessions(id, query = {}, options) {
      const list = checked(listQuerySchema, query)
      checkedCall(options)
      const { id: userId, sessionEpoch } = await core.existingUser(checkedText('userId', id))
      const now = core.now()
      const usedAfter = idleSince(now)
      const page = await core.storage.listSessions(userId, {
        ...rangeOf(list, 'exact'),
        sessionEpoch,
        expiresAfter: now,
        ...(usedAfter && { usedAfter }),
      })
      return { ...page, items: await Promise.all(page.items.map((session) => describe(toSession(session)))) }
    },

    async signOut(secret, options) {
      const { by, signal } = checkedCall(options)
      const found = isSessionSecret(secret) && (await core.storage.findSession(hashSessionSecret(secret)))
      if (!found) return
      signal?.throwIfAborted()
      try {
        await endSession(found.session.userId, found.session.id, by)
      } catch (error) {
        // Ended by somebody else at the same moment, or with the user.
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
      await core.changeExclusively(userId, async () => {
        call.signal?.throwIfAborted()
        const user = await core.existingUser(userId)
        // The epoch also ends sessions still being started, which the deletion does not see. The user as such has not
        // changed: `updatedAt` stays.
        const ended = { ...user, sessionEpoch: nextEpoch(user.sessionEpoch), version: user.version + 1 }
        await core.commit([
          { op: 'replaceUser', user: ended, expectedVersion: user.version },
          { op: 'deleteSessions', userId },
          { op: 'appendActivity', activity: core.entry({ event: 'session.all-deleted', userId }, call.by) },
        ])
      })
    },
  }
}

/**
 * Starts a session for a user as read when the credential was checked. The session carries the epoch of that moment: if
 * a block, a new password or a deletion was committed since, it is dead from the start.
 */
export async function startSession(core: Core, user: UserRecord, call: Call): Promise<NewSession> {
  call.signal?.throwIfAborted()
  const { lifetimeMs, maxPerUser } = core.options.sessions
  const secret = newSessionSecret()
  const now = core.now()
  const draft = {
    userId: user.id,
    secretHash: hashSessionSecret(secret),
    sessionEpoch: user.sessionEpoch,
    createdAt: now,
    expiresAt: new Date(now.getTime() + lifetimeMs),
    usedAt: now,
    ip: call.by.ip,
    userAgent: call.by.userAgent,
  }
  for (let tries = 1; ; tries++) {
    const session: SessionRecord = { id: core.newId('session'), ...draft }
    const details = { sessionId: session.id }
    const activity = core.entry({ event: 'session.created', userId: user.id, details }, call.by)
    try {
      await core.commitAbout(user.id, [
        { op: 'insertSession', session },
        { op: 'keepNewestSessions', userId: user.id, keep: maxPerUser },
        { op: 'appendActivity', activity },
      ])
      return { session: toSession(session), secret }
    } catch (error) {
      if (conflictReason(error) !== 'id-taken') throw error
      if (tries === idTries) throw new IdTakenError(session.id)
    }
  }
}
