import type { Problem } from './errors.js'
import type { ApiDescription } from './openapi/description.js'
import type { Operation, Route } from './route.js'

/**
 * A wire format of the API: its routes, and every word of its answers. No code outside `dialects` depends on a particular
 * one. To add one, make a folder in `dialects`, and an entry in the list there.
 */
export interface Dialect<Name extends string = string> extends Words {
  /** As the option `dialects` and the header `X-Rollbook-Dialect` spell it. */
  readonly name: Name
  readonly routes: Routes
  /** The header in which `apiKeys` looks for a key, besides `Authorization`. */
  readonly keyHeader: string
  /** Query parameters that its clients add to every URL, and that mean nothing. */
  readonly ignoredParameters: readonly string[]
  /** The body for an unknown path, where there is no host to reply. */
  readonly notFoundBody: object
  /** What the OpenAPI document has to say besides the routes. */
  readonly description: ApiDescription
}

export type Routes = { readonly [Name in Operation]?: Route }

/** The bodies of errors. */
export interface Words {
  /** Returns the body of an error that a client may read. */
  errorBody(problem: Problem, status: number): object
  /** Returns the body of an error of which a client learns only how the host finds it in the logs. */
  unexpectedBody(reference: string): object
}
