import { invalid } from './input.js'
import { checkedJsonObject, type JsonObject, type JsonValue, jsonBytes } from './json.js'
import { limits } from './limits.js'

/** A user's preferences: one JSON object whose keys are the settings. */
export type Prefs = JsonObject

/**
 * Checks a change of preferences and returns a copy.
 *
 * @throws {InvalidInputError} naming the setting that is not JSON, too deep or not allowed.
 */
export function checkedPrefs(input: unknown): Prefs {
  return checkedJsonObject('prefs', input)
}

/**
 * Merges a change into preferences, at the top level only: each setting replaces the old one as a whole, and `null`
 * removes it.
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
  if (jsonBytes(result) > limits.prefsBytes) {
    throw invalid('prefs', `must have at most ${limits.prefsBytes} bytes as JSON after the merge`)
  }
  return result
}
