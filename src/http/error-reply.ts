import { UsersError } from '../errors/index.js'
import type { Logger } from '../ports/logger.js'
import type { HttpReply } from './call.js'
import { problemReply } from './reply.js'
import { UnexpectedError } from './unexpected-error.js'

/**
 * Returns an error that a client may read.
 *
 * @throws {UnexpectedError} in the place of any other, which is in the log under its reference: default handlers print
 * neither the cause nor where to look for it.
 */
export function errorReply(error: unknown, headers: Readonly<Record<string, string>>, logger: Logger): HttpReply {
  const answered = problemReply(error, headers)
  if (answered) {
    const isFailure = UsersError.is(error) && error.code === 'storage-failed'
    if (isFailure) logger.error({ err: error }, 'rollbook: a request met a failing storage')
    return answered
  }
  const unexpected = new UnexpectedError(error)
  const { reference } = unexpected
  logger.error({ err: error, reference }, `rollbook: a request failed (reference ${reference})`)
  throw unexpected
}
