import type { Activity } from '../../domain/activity.js'
import { missing } from '../../domain/input.js'
import { CannotJoinTransactionError } from '../../errors/index.js'
import type { Core } from '../core.js'
import { coreOver } from '../create-core.js'
import { createGate, type Gate } from '../runtime/gate.js'
import { impatientStorage, untried } from '../runtime/retries.js'
import { traced } from '../runtime/tracing.js'
import type { UsersService } from '../users-service.js'
import { operations } from './index.js'
import { iterateUsers } from './iterate-users.js'

const over = 'the transaction of this users service is over: take another one for the next transaction'

export function withTransaction(core: Core, gate: Gate): Pick<UsersService, 'withTransaction'> {
  return {
    withTransaction(transaction) {
      gate.requireOpen()
      if (transaction === undefined) throw missing('transaction')
      const storage = core.options.storage.inTransaction?.(transaction)
      if (!storage) throw new CannotJoinTransactionError()
      const untold: Activity[] = []
      const inside = coreOver(impatientStorage(storage), {
        ...core,
        // Not in turn: whose turn it is may be waiting for a row that the host's transaction has locked.
        inTurn: (_, task) => task(),
        changing: (_, attempt) => untried('stale-user', attempt),
        tell: (activity) => untold.push(activity),
      })
      const own = createGate({ closed: over })
      const entered = traced(gate.guarded(own.guarded(operations(inside))))
      return {
        ...entered,
        ...iterateUsers(entered),
        committed() {
          void own.close()
          for (const activity of untold.splice(0)) core.tell(activity)
        },
      }
    },
  }
}
