import type { JsonObject } from '../../domain/json.js'
import type { Dialect } from '../dialect.js'
import { type Problem, statusOf } from '../errors.js'
import type { Route } from '../route.js'
import type { ApiDescription, ErrorDoc, OperationDoc } from './description.js'
import { headersOf } from './headers.js'

type DescribedErrors = readonly (readonly [code: Problem['code'], doc: ErrorDoc])[]

/** The errors that an operation may answer with, by code. */
export function errorsOf({ errors }: ApiDescription, route: Route): DescribedErrors {
  // `Object.entries` forgets the names of the keys.
  return (Object.entries(errors) as [Problem['code'], ErrorDoc | undefined][]).flatMap(([code, doc]) =>
    doc?.applies(route) ? [[code, doc] as const] : [],
  )
}

/** The responses for those errors, by status. */
export function errorResponses(dialect: Dialect, errors: DescribedErrors, route: Route, doc: OperationDoc): JsonObject {
  const { errorName, errorSchema } = dialect.description

  function response(status: number, description: string, answers: readonly (readonly [name: string, body: object])[]) {
    const examples = Object.fromEntries(answers.map(([name, body]) => [name, { value: { ...body } }]))
    const content = { 'application/json': { schema: errorSchema, examples } }
    return [status, { description, ...headersOf(route, status), content }] as const
  }

  const expected = [...byStatus(errors)].map(([status, here]) => {
    const lines = here.map(([code, { when }]) => `\`${errorName(code)}\`: ${when}.`)
    const bodies = here.map(([code, { problem }]) => [code, dialect.errorBody(problem(route, doc), status)] as const)
    return response(status, lines.join('\n\n'), bodies)
  })
  const unexpected = response(
    500,
    "Something else failed; the server's log has the cause under this reference. A framework with its own error handler answers in its own format.",
    [['unexpected', dialect.unexpectedBody('4f1c09ae')]],
  )
  return Object.fromEntries([...expected, unexpected])
}

/** Groups errors by status, in the order in which each status first occurs. */
function byStatus(errors: DescribedErrors): ReadonlyMap<number, DescribedErrors> {
  const groups = new Map<number, DescribedErrors>()
  for (const error of errors) {
    const status = statusOf[error[0]]
    groups.set(status, [...(groups.get(status) ?? []), error])
  }
  return groups
}
