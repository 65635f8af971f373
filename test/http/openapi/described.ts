import { classic } from '../../../src/http/dialects/classic/index.js'
import { openApiDocument } from '../../../src/http/openapi/document.js'

/** The part of an OpenAPI document that tests read. */
export interface Described {
  readonly servers: readonly { readonly url: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>
  readonly components: {
    readonly headers: Readonly<Record<string, { readonly schema: object }>>
    readonly schemas: Readonly<Record<string, object>>
  }
}

export interface DescribedOperation {
  readonly operationId: string
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  readonly parameters?: readonly DescribedParameter[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, DescribedResponse>>
}

export interface DescribedParameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly schema: object
  readonly examples?: Examples
}

export interface DescribedResponse {
  readonly headers?: Readonly<Record<string, { readonly $ref: string }>>
  readonly content: Content
}

interface Content {
  readonly 'application/json': { readonly schema: object; readonly examples: Examples }
}

type Examples = Readonly<Record<string, { readonly value: unknown }>>

/** The document, as a client reads it. */
export const described: Described = JSON.parse(JSON.stringify(openApiDocument(classic, '/v1')))

/** Every operation in it, with its path and method. */
export const describedOperations = Object.entries(described.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
)
