import type { Core } from '../core.js'
import { activityLog } from './activity-log.js'
import { sessionEnds } from './session-ends.js'
import { sessions } from './sessions.js'
import { signIn } from './sign-in.js'
import { userChanges } from './user-changes.js'
import { userCreation } from './user-creation.js'
import { userDeletion } from './user-deletion.js'
import { userReads } from './user-reads.js'

/** The operations that work inside a transaction of the host as well as by themselves. */
export function operations(core: Core) {
  return {
    ...userReads(core),
    ...userCreation(core),
    ...userChanges(core),
    ...userDeletion(core),
    ...sessions(core),
    ...sessionEnds(core),
    ...signIn(core),
    ...activityLog(core),
  }
}
