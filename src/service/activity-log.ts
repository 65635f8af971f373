import * as v from 'valibot'
import { hostEventSchema } from '../domain/activity.js'
import { isId } from '../domain/ids.js'
import { checked, invalid } from '../domain/input.js'
import { isPlainObject, type JsonObject, jsonFault } from '../domain/json.js'
import { limits } from '../domain/limits.js'
import { rangeFields } from '../domain/page.js'
import { UserNotFoundError } from '../errors.js'
import { type Core, checkedCall, checkedText } from './core.js'
import { createDescriber } from './describer.js'
import { conflictReason } from './retries.js'
import type { UsersService } from './users-service.js'

const listSchema = v.strictObject(rangeFields)
const entrySchema = v.strictObject({ event: hostEventSchema, details: v.optional(v.unknown()) })

export function activityLog(core: Core): Pick<UsersService, 'getUserLogs' | 'recordUserActivity'> {
  const describe = createDescriber(core)
  return {
    async getUserLogs(id, query = {}, options) {
      const { total, after, ...range } = checked(listSchema, query)
      checkedCall(options)
      const { id: userId } = await core.existingUser(checkedText('userId', id))
      const page = await core.storage.listActivity(userId, {
        total: total ? 'capped' : 'none',
        ...range,
        ...(after !== undefined && { after }),
      })
      return { ...page, items: await Promise.all(page.items.map(describe)) }
    },

    async recordUserActivity(id, input, options) {
      const userId = checkedText('userId', id)
      const { event, details } = checked(entrySchema, input)
      const { by } = checkedCall(options)
      if (!isId(userId)) throw new UserNotFoundError(userId)
      const activity = core.entry(event, {
        userId,
        by,
        ...(details !== undefined && { details: checkedDetails(details) }),
      })
      try {
        await core.commit([{ op: 'appendActivity', activity }])
      } catch (error) {
        if (conflictReason(error) === 'missing-user') throw new UserNotFoundError(userId)
        throw error
      }
      return activity
    },
  }
}

function checkedDetails(details: unknown): JsonObject {
  if (!isPlainObject(details)) throw invalid('details', 'must be a JSON object')
  const fault = jsonFault(details, limits.prefsDepth)
  if (fault) throw invalid(`details.${fault.path.slice(0, 100)}`, fault.message)
  const text = JSON.stringify(details)
  if (Buffer.byteLength(text) <= limits.detailsBytes) return JSON.parse(text) as JsonObject
  throw invalid('details', `must have at most ${limits.detailsBytes} bytes as JSON`)
}
