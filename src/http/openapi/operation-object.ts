import type { JsonObject } from '../../domain/json.js'
import type { Dialect } from '../dialect.js'
import type { Operation, Route } from '../route.js'
import type { ExampleRequest, OperationDoc } from './description.js'
import { errorResponses, errorsOf } from './error-responses.js'
import { headersOf } from './headers.js'
import { hasBody, type NamedRequests, parameters, requestBody } from './request-parts.js'

/**
 * Describes an operation: what its route says, with words, schemas and examples.
 *
 * @throws when the dialect does not describe it.
 */
export function operationObject(dialect: Dialect, operation: Operation, route: Route): JsonObject {
  const { description } = dialect
  const doc = description.operations[operation]
  if (!doc)
    throw new Error(`the dialect ${dialect.name} has a route ${operation}, which its description does not cover`)
  const errors = errorsOf(description, route)
  const refused = errors.flatMap(([code, { request }]) =>
    request ? [[code, changed(doc.example.request, request)] as const] : [],
  )
  const requests: NamedRequests = new Map([['success', doc.example.request], ...refused])
  const asked = parameters(description, route, requests)
  return {
    operationId: operation,
    summary: doc.summary,
    ...(doc.description !== undefined && { description: doc.description }),
    tags: ['users'],
    // Either of the two ways to send a key, with this scope.
    security: ['key', 'bearer'].map((scheme) => ({ [scheme]: [route.scope] })),
    ...(asked.length > 0 && { parameters: asked }),
    ...(hasBody(route) && { requestBody: requestBody(description, route, requests) }),
    responses: { [route.status]: success(route, doc), ...errorResponses(dialect, errors, route, doc) },
  }
}

function changed(request: ExampleRequest, change: ExampleRequest): ExampleRequest {
  return {
    ...request,
    ...change,
    path: { ...request.path, ...change.path },
    query: { ...request.query, ...change.query },
  }
}

function success(route: Route, { result, example }: OperationDoc): JsonObject {
  const content = { 'application/json': { schema: result, examples: { success: { value: example.result } } } }
  return { description: 'Done.', ...headersOf(route, route.status), content }
}
