import type { UsersErrorCode } from '../errors/index.js'
import type { RefusalCode } from './refusal-codes.js'

/**
 * The HTTP status of each error. A 500 is one that the client can do nothing about: it goes to the host's error
 * handler, and the client learns nothing of it.
 */
export const statusOf: Record<UsersErrorCode | RefusalCode, number> = {
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
