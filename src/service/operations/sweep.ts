import { setTimeout as pause } from 'node:timers/promises'
import * as v from 'valibot'
import { checked, dateSchema } from '../../domain/input.js'
import { limits } from '../../domain/limits.js'
import { forEachKind, sweptKinds } from '../../ports/kinds.js'
import { checkedCall } from '../arguments.js'
import type { Core } from '../core.js'
import type { UsersService } from '../users-service.js'

const sweepSchema = v.strictObject({ activityBefore: v.optional(dateSchema) })

// A storage in the process holds up all other work for as long as a step takes, and how long that is depends on the
// disk: each step is made as large as the one before would have been in this time.
const stepMs = 15
const leastRows = 20
const longestPauseMs = 100

export function sweeping(core: Core): Pick<UsersService, 'sweep'> {
  return {
    async sweep(input = {}, options) {
      const { activityBefore } = checked(sweepSchema, input)
      const { signal } = checkedCall(options)
      const request = { expiredAt: core.now(), ...(activityBefore && { activityBefore }) }
      let limit = leastRows
      const deleted = forEachKind(sweptKinds, () => 0)
      for (;;) {
        const start = performance.now()
        const step = await core.storage.sweep({ ...request, limit })
        const tookMs = performance.now() - start
        limit = nextLimit(limit, tookMs)
        for (const kind of sweptKinds) deleted[kind] += step.deleted[kind]
        if (step.done) return deleted
        // At most half of the time: the disk has others to serve too, and what it has to catch up with holds up a step.
        await pause(Math.min(tookMs, longestPauseMs))
        signal?.throwIfAborted()
      }
    },
  }
}

function nextLimit(limit: number, tookMs: number): number {
  // No more than twice as many: a step that was quick says little about one that is much larger.
  const rows = Math.round(limit * Math.min(2, stepMs / Math.max(tookMs, 0.001)))
  return Math.min(limits.sweepStep, Math.max(leastRows, rows))
}
