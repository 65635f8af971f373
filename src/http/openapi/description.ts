import type { JsonObject, JsonValue } from '../../domain/json.js'
import type { Problem } from '../errors.js'
import type { Operation, Route } from '../route.js'
import type { JsonSchema } from './json-schema.js'

/** What a dialect says of itself in its OpenAPI document, besides its routes. */
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
  /** Returns the name that a client knows an error by. */
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

/** What a request of an example says. */
export interface ExampleRequest {
  readonly path?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: JsonObject
}

/** What a route table does not say of an operation. */
export interface OperationDoc {
  readonly summary: string
  readonly description?: string
  /** The schema of the body of a success. */
  readonly result: JsonSchema
  /** A request, and the answer to it. */
  readonly example: { readonly request: ExampleRequest; readonly result: JsonValue }
  /** What a request may have wrong: it does not fit the schemas, so the document shows the answer alone. */
  readonly wrong: { readonly path: string; readonly message: string }
}

/** When an operation answers an error, and an example of it. */
export interface ErrorDoc {
  readonly when: string
  applies(route: Route): boolean
  problem(route: Route, doc: OperationDoc): Problem
  /** What a request says to be answered so; absent when it is not for what it says. */
  readonly request?: ExampleRequest
}

/** A new error that is not decided on here does not compile. */
export type ErrorDocs = Readonly<Record<Problem['code'], ErrorDoc | undefined>>
