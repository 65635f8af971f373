import { invalid } from './input.js'
import { isPlainObject, type JsonObject, type JsonValue, jsonFault } from './json.js'
import { limits } from './limits.js'

/** A user's preferences: one JSON object, whose keys are settings. */
export type Prefs = JsonObject

/**
 * Checks a change of preferences and answers a copy.
 *
 * @throws {InvalidInputError} naming the setting that is not JSON, too deep or not allowed.
 */
export function checkedPrefs(input: unknown): Prefs {
  if (!isPlainObject(input)) throw invalid('prefs', 'must be a JSON object')
  const fault = jsonFault(input, limits.prefsDepth)
  if (fault) throw invalid(fault.path === '' ? 'prefs' : `prefs.${fault.path.slice(0, 100)}`, fault.message)
  // By way of JSON, so that -0 becomes 0 here as in a database and nothing is shared with the caller.
  return JSON.parse(JSON.stringify(input)) as Prefs
}

/**
 * Merges a change into preferences, at the top level only: a setting of the change replaces the whole old one,
 * and `null` removes it.
 *
 * @throws {InvalidInputError} when the result has too many settings or is too large.
 */
export function mergePrefs(prefs: Prefs, change: Prefs): Prefs {
  const merged = new Map<string, JsonValue>(Object.entries(prefs))
  for (const [key, value] of Object.entries(change)) {
    if (value === null) merged.delete(key)
    else merged.set(key, value)
  }
  if (merged.size > limits.prefsKeys) throw invalid('prefs', `must have at most ${limits.prefsKeys} settings`)
  const result = Object.fromEntries(merged)
  if (Buffer.byteLength(JSON.stringify(result)) > limits.prefsBytes) {
    throw invalid('prefs', `must have at most ${limits.prefsBytes} bytes as JSON after the merge`)
  }
  return result
}
