import { randomBytes } from 'node:crypto'
import type { AnyUsersError } from '../errors/index.js'
import type { Scope } from './scope.js'

/** What HTTP refuses before the service is asked. */
export type RefusalCode =
  | 'unauthorized'
  | 'missing-scope'
  | 'method-not-allowed'
  | 'malformed-body'
  | 'unsupported-media-type'
  | 'body-too-large'
  | 'rate-limited'

/** Why HTTP refuses a request. */
export interface Refusal {
  readonly code: RefusalCode
  /** In plain words, for a dialect that has no wording of its own. */
  readonly message: string
  readonly missing?: Missing
}

/** The scope that a caller lacks. Without `actor` the caller is unknown. */
interface Missing {
  readonly scope: Scope
  readonly actor?: string
}

/** An error that a client may read, before a dialect words it. */
export type Problem = AnyUsersError | Refusal

/** A request that HTTP refuses. Never leaves the router: it becomes a reply. */
export class HttpError extends Error implements Refusal {
  readonly code: RefusalCode
  readonly headers: Readonly<Record<string, string>>
  readonly missing?: Missing

  constructor(code: RefusalCode, message: string, headers: Readonly<Record<string, string>> = {}, missing?: Missing) {
    super(message)
    this.name = 'HttpError'
    this.code = code
    this.headers = headers
    if (missing) this.missing = missing
  }
}

/**
 * The HTTP status of each error. A 500 is one that the client can do nothing about: it goes to the host's error
 * handler, and the client learns nothing of it.
 */
export const statusOf: Readonly<Record<Problem['code'], number>> = {
  'invalid-input': 400,
  'malformed-body': 400,
  unauthorized: 401,
  'invalid-credentials': 401,
  'invalid-session': 401,
  'missing-scope': 403,
  'user-not-active': 403,
  'user-refused': 403,
  'user-not-found': 404,
  'session-not-found': 404,
  'method-not-allowed': 405,
  'email-taken': 409,
  'id-taken': 409,
  'body-too-large': 413,
  'unsupported-media-type': 415,
  'rate-limited': 429,
  'too-busy': 503,
  'write-contention': 503,
  closed: 503,
  'storage-failed': 503,
  'commit-outcome-unknown': 503,
  'transaction-conflict': 503,
  'invalid-options': 500,
  'missing-peer': 500,
  'storage-open-failed': 500,
  'storage-newer-schema': 500,
  'storage-not-migrated': 500,
  'inside-transaction': 500,
  'cannot-join-transaction': 500,
  'copy-collision': 500,
  'storage-conflict': 500,
}

/** Returns what a client may read of an error. Why a storage failed is for the host's log alone. */
export function plainMessage({ code, message }: Problem): string {
  return code === 'storage-failed' ? 'The storage is not available: try again later' : message
}

/**
 * What the host's error handler gets for an error that no client may see. The message is fixed and the stack is not
 * shown, since default handlers print both into the answer; the error itself is the `cause`.
 */
export class UnexpectedError extends Error {
  /** Finds the error in the logs. */
  readonly reference = randomBytes(4).toString('hex')
  readonly status = 500
  readonly statusCode = 500
  readonly expose = false

  constructor(cause: unknown) {
    super('the users service failed', { cause })
    this.name = 'UnexpectedError'
    this.message += ` (reference ${this.reference})`
    this.stack = `${this.name}: ${this.message}`
  }
}
