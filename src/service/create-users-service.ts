import { createCore } from './core.js'
import { operations } from './operations/index.js'
import { iterateUsers } from './operations/iterate-users.js'
import { sweeping } from './operations/sweep.js'
import { withTransaction } from './operations/with-transaction.js'
import { checkedServiceOptions, type UsersServiceOptions } from './options.js'
import { createGate } from './runtime/gate.js'
import { abortable } from './runtime/middleware.js'
import { traced } from './runtime/tracing.js'
import type { UsersService } from './users-service.js'

/**
 * Creates a users service over a storage.
 *
 * ```ts
 * const users = createUsersService({ storage: sqliteStorage('users.db') })
 * const ada = await users.createUser({ email: 'ada@example.com', password: 'correct horse' })
 * ```
 *
 * @throws {InvalidOptionsError} naming each option that is wrong, missing or unknown.
 */
export function createUsersService(options: UsersServiceOptions): UsersService {
  const core = createCore(checkedServiceOptions(options))
  const gate = createGate({
    closeBehind: (timeoutMs) => core.storage.close({ timeoutMs }),
    closeTimeoutMs: core.options.closeTimeoutMs,
    late: (stillRunning) =>
      core.logger.warn({ stillRunning }, 'rollbook: the users service was closed before all calls had ended'),
  })
  // `operations(core)` holds `createUser` and most others, by name.
  const entered = traced(abortable(gate.guarded({ ...operations(core), ...sweeping(core) })))
  return {
    ...entered,
    ...iterateUsers(entered),
    ...withTransaction(core, gate),
    close: gate.close,
    [Symbol.asyncDispose]: gate.close,
  }
}
