import type { CallOptions, UsersService } from '../service/users-service.js'
import type { Scope } from './scope.js'

/** An operation of the service that a dialect may route, by its name in process. */
export type Operation = Exclude<keyof UsersService, symbol | 'iterateUsers' | 'withTransaction' | 'close'>

/** An operation, or the document that describes them all. */
export type RouteName = Operation | 'getOpenApi'

/** What a request says, by name. A map, so that a name like `constructor` finds nothing. */
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
  /** The names of the body's fields; without any the body is not read. */
  readonly body?: readonly string[]
  /** Whether to read the body: always, when absent. */
  readsBody?(params: PathParams<Path>): boolean
  /** The status of a success. */
  readonly status: number
  readonly isLimited?: true
  input(request: RouteRequest<Path>): Input
  /** `options` tells who calls, of a method that changes anything. */
  run(users: UsersService, input: Input, options?: CallOptions): Promise<Output>
  output(result: Output): unknown
}

/** Checks a line of a table: a name in `input` that is not in the path does not compile. */
export function route<const Path extends string, Input, Output>(line: Route<Path, Input, Output>): Route {
  // Inside the table each line keeps its own types; outside, the dispatcher passes `input`'s answer on to `run`.
  return line as unknown as Route
}
