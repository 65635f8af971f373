import { invalid } from './input.js'
import { limits } from './limits.js'

/** A value that JSON can hold. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject

/** An object that JSON can hold. */
export interface JsonObject {
  readonly [key: string]: JsonValue
}

// JSON parsers of clients break on a key of these names, or let it reach a prototype.
const refusedKeys = new Set(['__proto__', 'constructor', 'prototype'])

/** What is wrong with a value, and where in it. `path` is empty for the value itself. */
export interface JsonFault {
  readonly path: string
  readonly message: string
}

/** Finds the first part of a value that JSON, or one of the storages, would not return unchanged. */
export function jsonFault(value: unknown, maxDepth: number, path = ''): JsonFault | undefined {
  if (value === null || typeof value === 'boolean') return undefined
  if (typeof value === 'string') return textFault(value, path)
  if (typeof value === 'number')
    return Number.isFinite(value) ? undefined : { path, message: 'must be a finite number' }
  if (!Array.isArray(value) && !isPlainObject(value)) return { path, message: 'must be a JSON value' }
  if (maxDepth === 0) return { path, message: 'is nested too deeply' }
  for (const [key, item] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    const inner = path === '' ? `${key}` : `${path}.${key}`
    const fault = (typeof key === 'string' && keyFault(key, inner)) || jsonFault(item, maxDepth - 1, inner)
    if (fault) return fault
  }
  return undefined
}

/**
 * Returns whether a value is a plain object, as from a literal or `JSON.parse`: not an array, not a class instance. One
 * of another realm, as in Jest and `vm`, is plain too: its prototype is the root of that realm's objects.
 */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype || isRoot(prototype)
}

/** The root of another realm's objects has no prototype, but the methods of all objects. */
function isRoot(prototype: unknown): boolean {
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, 'isPrototypeOf')
}

function keyFault(key: string, path: string): JsonFault | undefined {
  return refusedKeys.has(key) ? { path, message: 'is a name that is not allowed' } : textFault(key, path)
}

function textFault(text: string, path: string): JsonFault | undefined {
  if (!text.isWellFormed()) return { path, message: 'must be well-formed Unicode' }
  return text.includes('\0') ? { path, message: 'must not contain U+0000' } : undefined
}

/**
 * Checks that a value is a JSON object of storable strings, not nested too deeply, and returns a copy.
 *
 * @throws {InvalidInputError} naming what is wrong in it, below `name`.
 */
export function checkedJsonObject(name: string, value: unknown): JsonObject {
  if (!isPlainObject(value)) throw invalid(name, 'must be a JSON object')
  const fault = jsonFault(value, limits.prefsDepth)
  if (fault) throw invalid(`${name}.${fault.path.slice(0, 100)}`, fault.message)
  // Through JSON, so that -0 becomes 0 as in a database, and nothing is shared with the caller.
  return JSON.parse(JSON.stringify(value)) as JsonObject
}

/** Returns the size in bytes of a JSON object as a storage keeps it. */
export function jsonBytes(object: JsonObject): number {
  return Buffer.byteLength(JSON.stringify(object))
}
