/** A query that was compiled once: its text, and the order in which it takes its arguments. */
export interface Statement {
  readonly sql: string
  values(args: object): unknown[]
  /** Whether the best plan depends on the arguments, so that the database must plan each execution. */
  readonly isPlannedAnew?: true
}

class Placeholder {
  constructor(readonly name: string) {}
}

/** Stands in a query for an argument that comes with each execution. */
export function arg<T>(name: string): T {
  // Kysely passes values on, unread, as the parameters of the compiled query, where `statement` finds them.
  return new Placeholder(name) as T
}

/** A query of Kysely. */
export interface Compilable {
  compile(): { readonly sql: string; readonly parameters: readonly unknown[] }
}

/** Compiles a query with its placeholders. */
export function statement(query: Compilable): Statement {
  const { sql, parameters } = query.compile()
  const names = parameters.map((value) => (value instanceof Placeholder ? value.name : { value }))
  return {
    sql,
    values: (args) => names.map((name) => (typeof name === 'string' ? Reflect.get(args, name) : name.value)),
  }
}
