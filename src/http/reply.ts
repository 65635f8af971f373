import { UsersError } from '../errors/index.js'
import type { Logger } from '../ports/logger.js'
import type { HttpReply } from './call.js'
import type { Words } from './dialect.js'
import { HttpError, type Problem, plainMessage, statusOf, UnexpectedError } from './errors.js'

type Headers = Readonly<Record<string, string>>

/** The error bodies on the host's own routes, which belong to no dialect. */
export const plainWords: Words = {
  errorBody: (problem) => ({ error: { code: problem.code, message: plainMessage(problem) } }),
  unexpectedBody: (reference) => ({
    error: { code: 'unexpected-error', message: `the users service failed (reference ${reference})` },
  }),
}

/** Creates a reply with the headers that every reply has. No cache may keep users. */
export function reply(status: number, body: unknown, headers: Headers): HttpReply {
  return {
    status,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      ...headers,
    },
    body: JSON.stringify(body),
  }
}

/**
 * Returns the reply to an error that a client may read.
 *
 * @throws {UnexpectedError} in place of any other error, which is logged under its reference: default handlers print neither the
 * cause nor where to look for it.
 */
export function errorReply(words: Words, error: unknown, headers: Headers, logger: Logger): HttpReply {
  const problem = problemOf(error)
  if (!problem) {
    const unexpected = new UnexpectedError(error)
    const { reference } = unexpected
    logger.error({ err: error, reference }, `rollbook: a request failed (reference ${reference})`)
    throw unexpected
  }
  if (problem.code === 'storage-failed')
    logger.error({ err: error }, 'rollbook: a request failed because the storage failed')
  const status = statusOf[problem.code]
  return reply(status, words.errorBody(problem, status), {
    ...headers,
    ...(status === 503 && { 'Retry-After': '1' }),
    ...(error instanceof HttpError && error.headers),
  })
}

/** Returns the reply to an error where the host has no error handler. Logs it unless that was done before. */
export function unexpectedReply(words: Words, error: unknown, headers: Headers, logger: Logger): HttpReply {
  const unexpected = error instanceof UnexpectedError ? error : new UnexpectedError(error)
  const { reference } = unexpected
  if (unexpected !== error) logger.error({ err: error, reference }, 'rollbook: a request could not be answered')
  return reply(500, words.unexpectedBody(reference), headers)
}

function problemOf(error: unknown): Problem | undefined {
  if (error instanceof HttpError) return error
  return UsersError.is(error) && statusOf[error.code] !== 500 ? error : undefined
}
