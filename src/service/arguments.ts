/** The arguments that many operations share, checked. */

import * as v from 'valibot'
import { isSignal } from '../domain/abort.js'
import { callerSchema, type KnownCaller } from '../domain/caller.js'
import { checked, invalid, missing } from '../domain/input.js'
import type { SchemaOf } from '../domain/options.js'
import { rangeFields } from '../domain/page.js'
import type { Range } from '../ports/storage.js'
import type { CallOptions, ListQuery } from './users-service.js'

/** The last argument of an operation, checked. */
export interface Call {
  readonly by: KnownCaller
  readonly signal?: AbortSignal
}

/** A signal, also of another realm or a polyfill. */
export const signalSchema = v.custom<AbortSignal>(isSignal, 'must be an AbortSignal')

const callSchema = v.strictObject({
  by: v.optional(callerSchema, {}),
  signal: v.optional(signalSchema),
} satisfies SchemaOf<CallOptions>)
const noCall: Call = { by: {} }

/**
 * Checks the last argument of an operation.
 *
 * @throws {InvalidInputError}
 * @throws the signal's reason, when it is already aborted.
 */
export function checkedCall(options: CallOptions | undefined): Call {
  if (options === undefined) return noCall
  const { by, signal } = checked(callSchema, options)
  signal?.throwIfAborted()
  return { by, ...(signal && { signal }) }
}

/** @throws {InvalidInputError} when a positional id is not a string. */
export function checkedText(name: string, value: unknown): string {
  if (typeof value === 'string') return value
  throw value === undefined ? missing(name) : invalid(name, 'must be a string')
}

/** The query of a list without filters. */
export const listQuerySchema = v.strictObject(rangeFields satisfies SchemaOf<ListQuery>)

/** Returns the part of a list to read. A total that is asked for is counted as `counting` says. */
export function rangeOf(
  { limit, offset, after, total }: v.InferOutput<typeof listQuerySchema>,
  counting: 'capped' | 'exact',
): Range {
  return { limit, offset, total: total ? counting : 'none', ...(after !== undefined && { after }) }
}
