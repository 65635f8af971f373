import { type Core, checkedCall, checkedText } from '../core.js'
import type { UsersService } from '../users-service.js'

export function userDeletion(core: Core): Pick<UsersService, 'deleteUser'> {
  return {
    async deleteUser(id, options) {
      const userId = checkedText('userId', id)
      const call = checkedCall(options)
      await core.changing(userId, async () => {
        call.signal?.throwIfAborted()
        const { version } = await core.existingUser(userId)
        call.signal?.throwIfAborted()
        const entry = core.entry('user.deleted', { userId, by: call.by })
        const tombstone = { id: userId, deletedAt: entry.at, actor: call.by.actor }
        await core.commit([{ op: 'deleteUser', userId, expectedVersion: version, tombstone }], { told: entry })
      })
    },
  }
}
