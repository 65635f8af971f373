import type { Core } from '../core.js'
import { activityLog } from './activity-log.js'
import { sessions } from './sessions.js'
import { signIn } from './sign-in.js'
import { userChanges } from './user-changes.js'
import { userCreation } from './user-creation.js'
import { userReads } from './user-reads.js'

/** The operations that also work inside a transaction of the host. */
export function operations(core: Core) {
  return {
    ...userReads(core),
    ...userCreation(core),
    ...userChanges(core),
    ...sessions(core),
    ...signIn(core),
    ...activityLog(core),
  }
}
