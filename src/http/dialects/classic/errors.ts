import { version } from '../../../domain/version.js'
import type { InvalidInputError } from '../../../errors/index.js'
import { type Problem, plainMessage, type Refusal } from '../../errors.js'

/** The body of an error. */
export interface ClassicError {
  readonly message: string
  readonly code: number
  readonly type: string
  readonly version: string
}

// As in later versions of Appwrite: the earlier ones have no types.
const types: Readonly<Record<Problem['code'], string>> = {
  'invalid-input': 'general_argument_invalid',
  'user-not-found': 'user_not_found',
  'session-not-found': 'user_session_not_found',
  'email-taken': 'user_already_exists',
  'id-taken': 'user_already_exists',
  'user-refused': 'general_access_forbidden',
  'invalid-credentials': 'user_invalid_credentials',
  'invalid-session': 'user_unauthorized',
  'user-not-active': 'user_blocked',
  'too-busy': 'general_service_busy',
  'write-contention': 'general_service_busy',
  closed: 'general_service_unavailable',
  'storage-failed': 'general_service_unavailable',
  'commit-outcome-unknown': 'general_service_unavailable',
  'transaction-conflict': 'general_service_busy',
  'invalid-options': 'general_unknown',
  'missing-peer': 'general_unknown',
  'storage-open-failed': 'general_unknown',
  'storage-newer-schema': 'general_unknown',
  'storage-not-migrated': 'general_unknown',
  'inside-transaction': 'general_unknown',
  'cannot-join-transaction': 'general_unknown',
  'copy-collision': 'general_unknown',
  'storage-conflict': 'general_unknown',
  unauthorized: 'general_unauthorized_scope',
  'missing-scope': 'general_unauthorized_scope',
  'method-not-allowed': 'general_method_not_allowed',
  'malformed-body': 'general_argument_invalid',
  'unsupported-media-type': 'general_media_type_unsupported',
  'body-too-large': 'general_body_too_large',
  'rate-limited': 'general_rate_limit_exceeded',
}

// Where Appwrite has words of its own.
const messages: Partial<Record<Problem['code'], string>> = {
  'user-not-found': 'User not found',
  'session-not-found': 'User session not found',
  'email-taken': 'User already registered',
}

/** The body of an error that a client may read. */
export function errorOutput(problem: Problem, status: number): ClassicError {
  return { message: messageOf(problem), code: status, type: errorType(problem.code), version }
}

/** The body of an error of which a client learns only the reference to find it by in the logs. */
export function unexpectedErrorOutput(reference: string): ClassicError {
  return { message: `Server Error (reference ${reference})`, code: 500, type: 'general_unknown', version }
}

/** The type of an error. */
export function errorType(code: Problem['code']): string {
  return types[code]
}

function messageOf(problem: Problem): string {
  if (problem.code === 'invalid-input') return inputMessage(problem)
  if ('missing' in problem && problem.missing) return scopeMessage(problem.missing)
  return messages[problem.code] ?? plainMessage(problem)
}

/** Like Appwrite, names the first wrong parameter only. */
function inputMessage({ issues: [first] }: InvalidInputError): string {
  if (first?.missing) return `Param "${first.path}" is not optional.`
  return `Invalid ${first?.path}: Value ${first?.message}`
}

function scopeMessage({ scope, actor }: NonNullable<Refusal['missing']>): string {
  return `${actor === undefined ? 'Guest (role: guest)' : `${actor} (role: application)`} missing scope (${scope})`
}
