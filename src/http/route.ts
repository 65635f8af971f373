import type { CallOptions, UsersService } from '../service/users-service.js'
import type { Fields } from './fields.js'
import type { Scope } from './scope.js'

/** An operation of the service that a dialect may route, by its name in process. */
export type Operation = Exclude<keyof UsersService, symbol | 'iterateUsers' | 'withTransaction' | 'close'>

/** An operation, or the document that describes them all. */
export type RouteName = Operation | 'getOpenApi'

/** The names in braces of a path: `userId` of `/users/{userId}`. */
export type PathParams<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? { readonly [Key in Name]: string } & PathParams<Rest>
  : unknown

/** The names of the parameters in the paths of some routes. */
export type ParamName<Line extends Route> = Line extends unknown ? keyof PathParams<Line['path']> : never

/** The names of the parameters in the queries of some routes. */
export type QueryName<Line extends Route> = NonNullable<Line['query']>[number]

/** The names of the fields in the bodies of some routes. */
export type BodyName<Line extends Route> = NonNullable<Line['body']>[number]

/** What a request says. */
export interface RouteRequest<Path extends string> {
  readonly params: PathParams<Path>
  readonly query: Fields
  readonly body: Fields
}

/** One line of a route table. The id of the user that it is about is `{userId}` in its path. */
export interface Route<
  Path extends string = string,
  Input = unknown,
  Output = unknown,
  Query extends string = string,
  Body extends string = string,
> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: Path
  readonly scope: Scope
  /** The names of the query's parameters. */
  readonly query?: readonly Query[]
  /** The names of the body's fields. When absent, the body is not read. */
  readonly body?: readonly Body[]
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

/** The names that a line of a table uses, as literal types: the compiler can ask for a description of each. */
export interface Named<Path extends string, Query extends string, Body extends string> {
  readonly path: Path
  readonly query?: readonly Query[]
  readonly body?: readonly Body[]
}

/** Checks a line of a table: a name in `input` that is not in the path does not compile. */
export function route<
  const Path extends string,
  Input,
  Output,
  const Query extends string = never,
  const Body extends string = never,
>(line: Route<Path, Input, Output, Query, Body>): Route & Named<Path, NoInfer<Query>, NoInfer<Body>> {
  // Without `NoInfer`, a table's `satisfies Routes` would widen the names of a line that has none to `string`.
  // Within a line the types hold together; the dispatcher only passes the result of `input` on to `run`.
  return line as unknown as Route & Named<Path, Query, Body>
}
