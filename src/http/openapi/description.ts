import type { JsonObject, JsonValue } from '../../domain/json.js'
import type { Problem } from '../errors.js'
import type { Operation, Route } from '../route.js'
import type { JsonSchema } from './json-schema.js'

/** What the OpenAPI document says about a dialect besides its routes. */
export interface ApiDescription {
  /** What is in braces in a path, by name. */
  readonly pathFields: FieldDocs
  /** The parameters of queries, by name. */
  readonly queryFields: FieldDocs
  /** The fields of bodies, by name. */
  readonly bodyFields: FieldDocs
  /** The schemas that others refer to, by name. */
  readonly schemas: Readonly<Record<string, JsonSchema>>
  /** The schema of the body of an error. */
  readonly errorSchema: JsonSchema
  /** Returns the name by which clients know an error. */
  errorName(code: Problem['code']): string
  /** By operation: one for each route. */
  readonly operations: Readonly<Partial<Record<Operation, OperationDoc>>>
  /** When an operation answers each error; `undefined` for what none of them answers. */
  readonly errors: ErrorDocs
}

/** A parameter, or a field of a body. */
export interface FieldDoc {
  readonly description: string
  readonly schema: JsonSchema
  readonly isRequired?: true
}

export type FieldDocs = Readonly<Record<string, FieldDoc>>

/** The request of an example. */
export interface ExampleRequest {
  readonly path?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: JsonObject
}

/** What a route does not say about its operation. */
export interface OperationDoc {
  readonly summary: string
  readonly description?: string
  /** The schema of the body of a success. */
  readonly result: JsonSchema
  /** A request, and the answer to it. */
  readonly example: { readonly request: ExampleRequest; readonly result: JsonValue }
  /** What a request may get wrong. Such a request does not fit the schemas, so the document shows its answer alone. */
  readonly wrong: { readonly path: string; readonly message: string }
}

/** When an operation answers an error, and an example of it. */
export interface ErrorDoc {
  readonly when: string
  applies(route: Route): boolean
  problem(route: Route, doc: OperationDoc): Problem
  /** The request that brings about this error; absent when it is not due to the request. */
  readonly request?: ExampleRequest
}

/** Has every code, so that a new error does not compile until each dialect has decided on it. */
export type ErrorDocs = Readonly<Record<Problem['code'], ErrorDoc | undefined>>
