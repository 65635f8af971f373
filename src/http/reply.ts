import { version } from '../domain/version.js'
import { UsersError } from '../errors/index.js'
import type { HttpReply } from './call.js'
import { errorOutput, type Problem, unknownErrorOutput } from './dialects/classic/errors.js'
import { HttpError } from './refusal.js'
import { statusOf } from './status.js'
import type { UnexpectedError } from './unexpected-error.js'

type Headers = Readonly<Record<string, string>>

/** An answer with the headers that every answer has: users are for nobody's cache. */
export function reply(status: number, body: unknown, headers: Headers = {}): HttpReply {
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

/** The answer to an error that a client may read, or `undefined` for any other. */
export function problemReply(error: unknown, headers: Headers): HttpReply | undefined {
  const problem = expected(error)
  if (!problem) return undefined
  const status = statusOf[problem.code]
  return reply(status, errorOutput(problem, status, version), {
    ...headers,
    ...(status === 503 && { 'Retry-After': '1' }),
    ...(error instanceof HttpError && error.headers),
  })
}

/** The answer where there is no error handler of a host to give the error to. */
export function unexpectedReply({ reference }: UnexpectedError): HttpReply {
  return reply(500, unknownErrorOutput(reference, version))
}

function expected(error: unknown): Problem | undefined {
  if (error instanceof HttpError) return error
  return UsersError.is(error) && statusOf[error.code] !== 500 ? error : undefined
}
