import { processWarnings } from '../../src/ports/logger.js'
import { isOfPreparedName } from './driver-error.js'

const nameless = new WeakSet<object>()

/** Whether statements may be prepared under names on a pool or a client, as they are until one of them goes wrong. */
export function namesStatements(connections: object): boolean {
  return !nameless.has(connections)
}

/**
 * Returns whether an error is about the name of a prepared statement, and if so sees to it that these connections are sent
 * none any more: behind a pooler that lends a server's connection for one transaction, names are lost and met again all
 * the time.
 */
export function withoutNames(connections: object, error: unknown): boolean {
  if (!isOfPreparedName(error)) return false
  if (!nameless.has(connections)) {
    nameless.add(connections)
    processWarnings.warn(
      { err: error },
      'rollbook: statements are no longer prepared under names, which the connection has lost or mixed up: behind ' +
        'PgBouncer, or where something runs "discard all", give postgresStorage(database, { prepare: false })',
    )
  }
  return true
}
