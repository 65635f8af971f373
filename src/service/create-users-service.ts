import { activityLog } from './activity-log.js'
import { createCore } from './core.js'
import { checkedOptions, type UsersServiceOptions } from './options.js'
import { sessionEnds } from './session-ends.js'
import { sessions } from './sessions.js'
import { signIn } from './sign-in.js'
import { sweeping } from './sweeping.js'
import { untilClosed } from './until-closed.js'
import { userChanges } from './user-changes.js'
import { userCreation } from './user-creation.js'
import { userDeletion } from './user-deletion.js'
import { userReads } from './user-reads.js'
import type { UsersService } from './users-service.js'

/**
 * Makes a users service over a storage.
 *
 * ```ts
 * const users = createUsersService({ storage: sqliteStorage('users.db') })
 * const ada = await users.createUser({ email: 'ada@example.com', password: 'correct horse' })
 * ```
 *
 * @throws {InvalidOptionsError} naming the option that is wrong or unknown.
 */
export function createUsersService(options: UsersServiceOptions): UsersService {
  const core = createCore(checkedOptions(options))
  return untilClosed(
    {
      ...userReads(core),
      ...userCreation(core),
      ...userChanges(core),
      ...userDeletion(core),
      ...sessions(core),
      ...sessionEnds(core),
      ...signIn(core),
      ...activityLog(core),
      ...sweeping(core),
    },
    () => core.storage.close(),
  )
}
