import { idTries } from '../../domain/ids.js'
import { hashSessionSecret, newSessionSecret, type SessionRecord, toSession } from '../../domain/session.js'
import type { UserRecord } from '../../domain/user.js'
import { IdTakenError } from '../../errors/index.js'
import type { Call, Core } from '../core.js'
import { conflictReason } from '../runtime/retries.js'
import type { NewSession } from '../users-service.js'

/**
 * Starts a session for a user as read when the credential was checked. The session carries the epoch of that moment:
 * if a block, a new password or a deletion was committed since, the session is dead from its start.
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
    const activity = core.entry('session.created', { userId: user.id, by: call.by, details })
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
