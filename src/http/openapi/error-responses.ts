import type { JsonObject } from '../../domain/json.js'
import { version } from '../../domain/version.js'
import type { UsersErrorCode } from '../../errors/index.js'
import { type DocumentedError, errorOutput, unknownErrorOutput } from '../dialects/classic/errors.js'
import { type ErrorDoc, errorDocs } from '../dialects/classic/openapi/error-docs.js'
import type { Operation } from '../dialects/classic/routes.js'
import { schemaNamed } from '../dialects/classic/schemas.js'
import type { RefusalCode } from '../refusal-codes.js'
import type { Route } from '../route.js'
import { statusOf } from '../status.js'
import { groupedBy } from './grouped-by.js'
import { headersOf } from './headers.js'

type Code = UsersErrorCode | RefusalCode

/** The errors that an operation answers, each under the name of its code. */
export function errorsOf(route: Route): readonly (readonly [Code, ErrorDoc])[] {
  return (Object.entries(errorDocs) as [Code, ErrorDoc | undefined][]).flatMap(([code, doc]) =>
    doc?.applies(route) ? [[code, doc] as const] : [],
  )
}

/** The answers to those errors, by status. */
export function errorResponses(route: Route, operation: Operation): JsonObject {
  const byStatus = groupedBy(errorsOf(route), ([code]) => statusOf[code])
  const expected = [...byStatus].map(([status, errors]) => {
    const answers = errors.map(([code, doc]) => {
      const answer = errorOutput(doc.problem(route, operation), status, version)
      return { code, answer, when: `\`${answer.type}\`: ${doc.when}.` }
    })
    const examples = answers.map(({ code, answer }) => [code, answer] as const)
    return [status, errorResponse(route, status, answers.map(({ when }) => when).join('\n\n'), examples)] as const
  })
  const unexpected = [
    500,
    errorResponse(
      route,
      500,
      'Something else failed, and a log of the server tells what under this reference. A framework that has an error handler answers in its words, and not in these.',
      [['unexpected', unknownErrorOutput('4f1c09ae', version)]],
    ),
  ] as const
  return Object.fromEntries([...expected, unexpected])
}

function errorResponse(
  route: Route,
  status: number,
  description: string,
  answers: readonly (readonly [name: string, answer: DocumentedError])[],
): JsonObject {
  const examples = Object.fromEntries(answers.map(([name, answer]) => [name, { value: { ...answer } }]))
  const content = { 'application/json': { schema: schemaNamed('Error'), examples } }
  return { description, ...headersOf(route, status), content }
}
