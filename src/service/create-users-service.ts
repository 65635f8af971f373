import { abortable } from './abortable.js'
import { createCore } from './create-core.js'
import { createGate } from './gate.js'
import { iterateUsers } from './iterate-users.js'
import { operations } from './operations.js'
import { checkedOptions, type UsersServiceOptions } from './options.js'
import { sweeping } from './sweeping.js'
import { traced } from './traced.js'
import type { UsersService } from './users-service.js'
import { withTransaction } from './with-transaction.js'

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
  const gate = createGate({
    closeBehind: (timeoutMs) => core.storage.close({ timeoutMs }),
    closeTimeoutMs: core.options.closeTimeoutMs,
    late: (stillRunning) =>
      core.logger.warn({ stillRunning }, 'rollbook: the users service was closed before all that it did had ended'),
  })
  const entered = traced(abortable(gate.guarded({ ...operations(core), ...sweeping(core) })))
  return {
    ...entered,
    ...iterateUsers(entered),
    ...withTransaction(core, gate),
    close: gate.close,
    [Symbol.asyncDispose]: gate.close,
  }
}
