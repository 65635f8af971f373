import type { CommittedActivity } from '../../domain/activity.js'
import { missing } from '../../domain/input.js'
import { type Core, coreOver } from '../core.js'
import { capabilitiesOf } from '../runtime/capabilities.js'
import { createGate, type Gate } from '../runtime/gate.js'
import { failFast } from '../runtime/retries.js'
import { traced } from '../runtime/tracing.js'
import type { UsersService } from '../users-service.js'
import { operations } from './index.js'
import { iterateUsers } from './iterate-users.js'

const over = 'this transaction is over: call withTransaction() for the next one'

export function withTransaction(core: Core, gate: Gate): Pick<UsersService, 'withTransaction'> {
  return {
    withTransaction(transaction) {
      gate.requireOpen()
      if (transaction === undefined) throw missing('transaction')
      const storage = capabilitiesOf(core.storage).inTransaction(transaction)
      const pending: CommittedActivity[] = []
      const inside = coreOver(storage, {
        ...core,
        // No mutex: its holder may be waiting for a row that the host's transaction has locked.
        userMutex: { runExclusive: (_, task) => task() },
        changeExclusively: (_, attempt) => failFast('stale-user', attempt),
        emit: (activity) => pending.push(activity),
      })
      const own = createGate({ closed: over })
      const entered = traced(gate.guarded(own.guarded(operations(inside))))
      return {
        ...entered,
        ...iterateUsers(entered),
        committed() {
          void own.close()
          for (const activity of pending.splice(0)) core.emit(activity)
        },
      }
    },
  }
}
