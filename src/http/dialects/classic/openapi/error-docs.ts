import { invalid } from '../../../../domain/input.js'
import * as errors from '../../../../errors/index.js'
import { bodyTooLarge, invalidJson, maxBodyBytes, unsupportedMediaType } from '../../../body.js'
import type { ErrorDocs } from '../../../openapi/description.js'
import { hasBody } from '../../../openapi/request-parts.js'
import { tooManyRequests } from '../../../rate-limit.js'
import type { Route } from '../../../route.js'

const always = () => true
const writes = ({ method }: Route) => method !== 'GET'
const isAbout = (name: string) => (route: Route) => route.path.includes(`{${name}}`)
const takes = (field: string) => (route: Route) => hasBody(route) && route.body?.includes(field) === true

/** When operations answer each error. `undefined` for those that none of them answers. */
export const errorDocs: ErrorDocs = {
  'invalid-input': {
    when: 'a parameter or field is wrong or missing; the message names the first',
    applies: always,
    problem: (_, { wrong: { path, message } }) => invalid(path, message),
  },
  'malformed-body': {
    when: 'the body is not a JSON object',
    applies: hasBody,
    problem: invalidJson,
  },
  unauthorized: {
    when: 'the request has no valid credentials',
    applies: always,
    problem: ({ scope }) => ({ code: 'unauthorized', message: '', missing: { scope } }),
  },
  'missing-scope': {
    when: 'the caller may not do this',
    applies: always,
    problem: ({ scope }) => ({ code: 'missing-scope', message: '', missing: { scope, actor: 'console' } }),
  },
  'user-not-found': {
    when: 'no user has this id',
    applies: isAbout('userId'),
    problem: () => new errors.UserNotFoundError('nobody'),
    request: { path: { userId: 'nobody' } },
  },
  'session-not-found': {
    when: 'the user has no session with this id',
    applies: isAbout('sessionId'),
    problem: () => new errors.SessionNotFoundError('nothing'),
    request: { path: { sessionId: 'nothing' } },
  },
  'email-taken': {
    when: 'another user has this email',
    applies: takes('email'),
    problem: () => new errors.EmailTakenError(),
    request: { body: { email: 'Ada@Example.com', password: 'a quiet lighthouse' } },
  },
  'user-refused': {
    when: 'a policy of the host refuses this user; the message says why',
    applies: takes('email'),
    problem: () => new errors.UserRefusedError('only addresses of this company are let in'),
    request: { body: { email: 'eve@example.net', password: 'a quiet lighthouse' } },
  },
  'body-too-large': {
    when: `the body has more than ${maxBodyBytes} bytes`,
    applies: hasBody,
    problem: () => bodyTooLarge(maxBodyBytes),
  },
  'unsupported-media-type': {
    when: 'the body is not application/json in UTF-8, or is compressed',
    applies: hasBody,
    problem: unsupportedMediaType,
  },
  'rate-limited': {
    when: 'the caller has used up the limit of this route',
    applies: ({ isLimited }) => isLimited === true,
    problem: () => tooManyRequests(),
  },
  'too-busy': {
    when: 'too many passwords are waiting to be hashed',
    applies: takes('password'),
    problem: () => new errors.TooBusyError(),
  },
  'write-contention': {
    when: 'others kept writing for too long, and nothing was written',
    applies: writes,
    problem: () => new errors.WriteContentionError(),
  },
  closed: {
    when: 'the service is shutting down',
    applies: always,
    problem: () => new errors.ClosedError(),
  },
  'storage-failed': {
    when: 'the database failed',
    applies: always,
    problem: () => new errors.StorageFailedError('unreachable'),
  },
  'commit-outcome-unknown': {
    when: 'the database was lost during a commit: the change was made as a whole, or not at all',
    applies: writes,
    problem: () => new errors.CommitOutcomeUnknownError(),
  },
  // Belongs to no operation.
  'method-not-allowed': undefined,
  // No operation of this dialect signs anybody in, or lets a client choose an id.
  'invalid-credentials': undefined,
  'invalid-session': undefined,
  'user-not-active': undefined,
  'id-taken': undefined,
  // Only inside a transaction of the host's, which no router runs in.
  'transaction-conflict': undefined,
  // A 500, about which no client learns more.
  'invalid-options': undefined,
  'missing-peer': undefined,
  'storage-open-failed': undefined,
  'storage-newer-schema': undefined,
  'storage-not-migrated': undefined,
  'inside-transaction': undefined,
  'cannot-join-transaction': undefined,
  'copy-collision': undefined,
  'storage-conflict': undefined,
}
