import * as v from 'valibot'
import { hostEventSchema } from '../../domain/activity.js'
import { isId } from '../../domain/ids.js'
import { checked, invalid } from '../../domain/input.js'
import { checkedJsonObject, type JsonObject, jsonBytes } from '../../domain/json.js'
import { limits } from '../../domain/limits.js'
import { UserNotFoundError } from '../../errors/index.js'
import { checkedCall, checkedText, listQuerySchema, rangeOf } from '../arguments.js'
import type { Core } from '../core.js'
import { createDescriber } from '../runtime/describer.js'
import type { UsersService } from '../users-service.js'

const entrySchema = v.strictObject({ event: hostEventSchema, details: v.optional(v.unknown()) })

export function activityLog(core: Core): Pick<UsersService, 'getUserLogs' | 'recordUserActivity'> {
  const describe = createDescriber(core)
  return {
    async getUserLogs(id, query = {}, options) {
      const list = checked(listQuerySchema, query)
      checkedCall(options)
      const { id: userId } = await core.existingUser(checkedText('userId', id))
      const page = await core.storage.listActivity(userId, rangeOf(list, 'capped'))
      return { ...page, items: await Promise.all(page.items.map(describe)) }
    },

    async recordUserActivity(id, input, options) {
      const userId = checkedText('userId', id)
      const { event, details } = checked(entrySchema, input)
      const { by } = checkedCall(options)
      if (!isId(userId)) throw new UserNotFoundError(userId)
      const more = details !== undefined && { details: checkedDetails(details) }
      const activity = core.entry({ event, userId, ...more }, by)
      await core.commitAbout(userId, [{ op: 'appendActivity', activity }])
      return activity
    },
  }
}

function checkedDetails(input: unknown): JsonObject {
  const details = checkedJsonObject('details', input)
  if (jsonBytes(details) <= limits.detailsBytes) return details
  throw invalid('details', `must have at most ${limits.detailsBytes} bytes as JSON`)
}
