import { setImmediate as otherWork } from 'node:timers/promises'
import * as v from 'valibot'
import { checked } from '../domain/input.js'
import { limits } from '../domain/limits.js'
import { type Core, checkedCall } from './core.js'
import type { UsersService } from './users-service.js'

const sweepSchema = v.strictObject({ activityBefore: v.optional(v.date('must be a Date')) })

export function sweeping(core: Core): Pick<UsersService, 'sweep'> {
  return {
    async sweep(input = {}, options) {
      const { activityBefore } = checked(sweepSchema, input)
      const { signal } = checkedCall(options)
      const request = { expiredAt: core.now(), limit: limits.sweepStep, ...(activityBefore && { activityBefore }) }
      let sessions = 0
      let activity = 0
      for (;;) {
        const step = await core.storage.sweep(request)
        sessions += step.sessions
        activity += step.activity
        if (step.done) return { sessions, activity }
        await otherWork()
        signal?.throwIfAborted()
      }
    },
  }
}
