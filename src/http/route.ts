import type { CallOptions, UsersService } from '../service/users-service.js'
import type { Scope } from './scope.js'

/** An operation of the service that a dialect may route, by its name in process. */
export type Operation = Exclude<keyof UsersService, symbol | 'iterateUsers' | 'withTransaction' | 'close'>

/** An operation, or the document that describes them all. */
export type RouteName = Operation | 'getOpenApi'

/** The fields of a query or a body, by name. A map, so that `constructor` is not found in it. */
export type Fields = ReadonlyMap<string, unknown>

export const noFields: Fields = new Map()

/** The names in braces of a path: `userId` of `/users/{userId}`. */
export type PathParams<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? { readonly [Key in Name]: string } & PathParams<Rest>
  : unknown

/** What a request says. */
export interface RouteRequest<Path extends string> {
  readonly params: PathParams<Path>
  readonly query: Fields
  readonly body: Fields
}

/** One line of a route table. The id of the user that it is about is `{userId}` in its path. */
export interface Route<Path extends string = string, Input = unknown, Output = unknown> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: Path
  readonly scope: Scope
  /** The names of the query's parameters. */
  readonly query?: readonly string[]
  /** The names of the body's fields. When absent, the body is not read. */
  readonly body?: readonly string[]
  /** Whether to read the body of this request; always when absent. */
  readsBody?(params: PathParams<Path>): boolean
  /** The status of a success. */
  readonly status: number
  readonly isLimited?: true
  input(request: RouteRequest<Path>): Input
  /** `options` says who calls; absent for GET, which leaves no entry. */
  run(users: UsersService, input: Input, options?: CallOptions): Promise<Output>
  output(result: Output): unknown
}

/** Checks a line of a table: a name in `input` that is not in the path does not compile. */
export function route<const Path extends string, Input, Output>(line: Route<Path, Input, Output>): Route {
  // Within a line the types hold together; the dispatcher only passes the result of `input` on to `run`.
  return line as unknown as Route
}
