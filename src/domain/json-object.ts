import { invalid } from './input.js'
import { isPlainObject, type JsonObject, jsonFault } from './json.js'
import { limits } from './limits.js'

/**
 * Checks that a value is a JSON object of storable texts, not nested too deeply, and returns a copy.
 *
 * @throws {InvalidInputError} naming what is wrong in it, below `name`.
 */
export function checkedJsonObject(name: string, value: unknown): JsonObject {
  if (!isPlainObject(value)) throw invalid(name, 'must be a JSON object')
  const fault = jsonFault(value, limits.prefsDepth)
  if (fault) throw invalid(`${name}.${fault.path.slice(0, 100)}`, fault.message)
  // By way of JSON, so that -0 becomes 0 here as in a database and nothing is shared with the caller.
  return JSON.parse(JSON.stringify(value)) as JsonObject
}

/** The bytes of a JSON object as a storage keeps it. */
export function jsonBytes(object: JsonObject): number {
  return Buffer.byteLength(JSON.stringify(object))
}
