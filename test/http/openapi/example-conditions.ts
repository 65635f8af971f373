import { CommitOutcomeUnknownError, StorageFailedError, WriteContentionError } from '../../../src/index.js'
import type { Sent } from '../../../src/testing/http-contract/send.js'
import type { DescribedOperation } from './described.js'
import { type ExampleWorld, keys } from './example-world.js'

/** A request of an example, and what is done to the world before it. */
interface Condition {
  /** What is sent instead of, or besides, what the example says. */
  sent?(operation: DescribedOperation): Sent
  /** Where it is sent instead. */
  target?(target: string, operation: DescribedOperation): string
  before?(world: ExampleWorld, send: () => Promise<unknown>): unknown
}

const json = { 'Content-Type': 'application/json' }
const other = { 'users.read': keys['users.write'], 'users.write': keys['users.read'] }

// What is wrong with the others is in their path or query.
const wrongBodies: Readonly<Record<string, object>> = {
  createUser: { email: 'grace', password: 'a quiet lighthouse' },
  updateUserStatus: { status: 3 },
  updateUserPrefs: { prefs: 'dark' },
}

/** What brings about the answers that no part of a request could, by the name of the example. */
export const conditions: Readonly<Record<string, Condition>> = {
  'invalid-input': {
    sent: ({ operationId }) => (operationId in wrongBodies ? { json: wrongBodies[operationId] } : {}),
    target(target, { operationId }) {
      if (operationId in wrongBodies) return target
      return target.includes('limit=')
        ? target.replace(/limit=\d+/, 'limit=101')
        : target.replace(/^\/users\/[^/]+/, '/users/%E0%A4%A')
    },
  },
  unauthorized: { sent: () => ({ headers: { 'X-Appwrite-Key': 'of-nobody' } }) },
  'missing-scope': {
    sent: ({ security: [scheme] }) => ({
      headers: { 'X-Appwrite-Key': scheme?.['key']?.[0] === 'users.read' ? other['users.read'] : other['users.write'] },
    }),
  },
  'malformed-body': { sent: () => ({ headers: json, body: '{' }) },
  'body-too-large': { sent: () => ({ headers: json, body: ' '.repeat(128 * 1024 + 1) }) },
  'unsupported-media-type': { sent: () => ({ headers: { 'Content-Type': 'text/plain' }, body: 'name: Ada' }) },
  'rate-limited': {
    async before(_, send) {
      for (let count = 0; count < 100; count++) await send()
    },
  },
  'too-busy': { before: (world) => world.occupyHasher() },
  'write-contention': { before: (world) => world.failWith(new WriteContentionError()) },
  'storage-failed': { before: (world) => world.failWith(new StorageFailedError('full')) },
  'commit-outcome-unknown': { before: (world) => world.failWith(new CommitOutcomeUnknownError()) },
  closed: { before: (world) => world.users.close() },
  unexpected: { before: (world) => world.failWith(new Error('the disk is on fire')) },
}
