import type { JsonObject } from '../../domain/json.js'
import type { ExampleRequest } from '../dialects/classic/openapi/examples.js'
import { type OperationDoc, operationDocs } from '../dialects/classic/openapi/operation-docs.js'
import type { Operation } from '../dialects/classic/routes.js'
import type { Route } from '../route.js'
import { errorResponses, errorsOf } from './error-responses.js'
import { headersOf } from './headers.js'
import { hasBody, type NamedRequests, parameters, requestBody } from './request-parts.js'
import { requiring } from './security.js'

/** Describes an operation: what its route says, with words, schemas and examples. */
export function operationObject(operation: Operation, route: Route): JsonObject {
  const doc = operationDocs[operation]
  const requests = namedRequests(route, doc)
  const asked = parameters(route, requests)
  return {
    operationId: operation,
    summary: doc.summary,
    ...(doc.description !== undefined && { description: doc.description }),
    tags: ['users'],
    security: requiring(route.scope),
    ...(asked.length > 0 && { parameters: asked }),
    ...(hasBody(route) && { requestBody: requestBody(route, requests) }),
    responses: { [route.status]: success(route, doc), ...errorResponses(route, operation) },
  }
}

function namedRequests(route: Route, { example }: OperationDoc): NamedRequests {
  const refused = errorsOf(route).flatMap(([code, { request }]) =>
    request ? [[code, changed(example.request, request)] as const] : [],
  )
  return new Map([['success', example.request], ...refused])
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
