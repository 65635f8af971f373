import { type Logger, processWarnings, unfailing } from '../ports/logger.js'
import type { HttpReply } from './call.js'
import { reply, unexpectedReply } from './reply.js'
import { UnexpectedError } from './unexpected-error.js'

/** Returns what a framework would: for a path that is not ours, and for an error. */
export function answerWithoutHost(error: unknown, logger: Logger = processWarnings): HttpReply {
  if (error === undefined) return reply(404, { message: 'Not Found', code: 404 })
  if (error instanceof UnexpectedError) return unexpectedReply(error)
  const unexpected = new UnexpectedError(error)
  unfailing(logger).error({ err: error, reference: unexpected.reference }, 'rollbook: a request could not be answered')
  return unexpectedReply(unexpected)
}
