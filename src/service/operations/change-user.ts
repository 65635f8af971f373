import type { ServiceEvent } from '../../domain/activity.js'
import type { JsonObject } from '../../domain/json.js'
import { nextEpoch, revised, type UserRecord } from '../../domain/user.js'
import type { Change } from '../../ports/storage.js'
import type { Call, Core } from '../core.js'

/** What an operation makes of the user it finds. */
export interface PlannedChange {
  readonly change: Partial<UserRecord>
  readonly event: ServiceEvent
  readonly details?: JsonObject
  /** Ends all sessions in the same commit, and by the raised epoch also those being started just now. */
  readonly endSessions?: true
}

/**
 * Reads a user, lets `plan` decide on what it reads, and commits the decision with its entry: again from the start
 * when somebody else changed the user in between. A plan of `undefined` changes nothing.
 * Nothing slow may happen in `plan`: the user's other changes wait for it.
 *
 * @throws {UserNotFoundError}
 * @throws {WriteContentionError}
 */
export function changeUser(
  core: Core,
  userId: string,
  call: Call,
  plan: (user: UserRecord) => PlannedChange | undefined,
): Promise<UserRecord> {
  return core.changing(userId, async () => {
    call.signal?.throwIfAborted()
    const user = await core.existingUser(userId)
    call.signal?.throwIfAborted()
    const planned = plan(user)
    if (!planned) return user
    const { change, event, details, endSessions } = planned
    const sessionEpoch = endSessions ? nextEpoch(user.sessionEpoch) : user.sessionEpoch
    const next = revised(user, { ...change, sessionEpoch }, core.now())
    const activity = core.entry(event, { userId, by: call.by, ...(details && { details }) })
    const changes: Change[] = [{ op: 'replaceUser', user: next, expectedVersion: user.version }]
    if (endSessions) changes.push({ op: 'deleteSessions', userId })
    await core.commit([...changes, { op: 'appendActivity', activity }])
    return next
  })
}
