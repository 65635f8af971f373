import * as v from 'valibot'
import { checked } from '../../domain/input.js'
import { rangeFields } from '../../domain/page.js'
import { hashSessionSecret, isSessionSecret, type SessionRecord, toSession } from '../../domain/session.js'
import { toUser } from '../../domain/user.js'
import { InvalidSessionError, TransactionConflictError, UserNotActiveError } from '../../errors/index.js'
import { type Call, type Core, checkedCall, checkedText } from '../core.js'
import type { UsersService } from '../users-service.js'
import { createDescriber } from './describer.js'
import { startSession } from './start-session.js'

const listSchema = v.strictObject(rangeFields)
const longestTouchMs = 60_000

type Sessions = Pick<UsersService, 'createUserSession' | 'verifyUserSession' | 'getUserSessions'>

export function sessions(core: Core): Sessions {
  const describe = createDescriber(core)
  const { idleTimeoutMs } = core.options.sessions

  /** The moment at or before which a session's last use makes it idle. */
  const idleSince = (now: Date) => (idleTimeoutMs === undefined ? undefined : new Date(now.getTime() - idleTimeoutMs))

  async function touch(session: SessionRecord, now: Date, { signal }: Call): Promise<void> {
    if (idleTimeoutMs === undefined) return
    const unusedMs = now.getTime() - session.usedAt.getTime()
    if (unusedMs < Math.min(idleTimeoutMs / 10, longestTouchMs)) return
    signal?.throwIfAborted()
    try {
      await core.commit([{ op: 'touchSession', sessionId: session.id, usedAt: now }])
    } catch (error) {
      // Not even a good session helps a transaction that cannot go on.
      if (error instanceof TransactionConflictError) throw error
      // The session is good all the same, and the next use tries again.
      core.logger.warn({ err: error }, 'rollbook: the last use of a session could not be stored')
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
      const { total, after, ...range } = checked(listSchema, query)
      checkedCall(options)
      const { id: userId, sessionEpoch } = await core.existingUser(checkedText('userId', id))
      const now = core.now()
      const usedAfter = idleSince(now)
      const page = await core.storage.listSessions(userId, {
        total: total ? 'exact' : 'none',
        sessionEpoch,
        expiresAfter: now,
        ...range,
        ...(after !== undefined && { after }),
        ...(usedAfter && { usedAfter }),
      })
      return { ...page, items: await Promise.all(page.items.map((session) => describe(toSession(session)))) }
    },
  }
}
