/** A query that was compiled once: its text, and the order in which it takes its arguments. */
export interface Statement {
  readonly sql: string
  values(args: object): unknown[]
  /** Whether the best plan follows from the arguments, so that none is to be kept. */
  readonly isPlannedAnew?: true
}

class Placeholder {
  constructor(readonly name: string) {}
}

/** Stands in a query for an argument that is given with each execution. */
export function arg<T>(name: string): T {
  // Kysely passes values through unseen into the parameters of a compiled query, where they are found again.
  return new Placeholder(name) as T
}

/** A query of Kysely. */
interface Compilable {
  compile(): { readonly sql: string; readonly parameters: readonly unknown[] }
}

/** Compiles a query, with its placeholders and with another prefix of the tables. */
export function statement(query: Compilable, prefix: string): Statement {
  const { sql, parameters } = query.compile()
  const names = parameters.map((value) => (value instanceof Placeholder ? value.name : { value }))
  return {
    // Identifiers are quoted, and values are never in the text: nothing else can look like one of our tables.
    sql: sql.replaceAll('"rollbook_', `"${prefix}`),
    values: (args) => names.map((name) => (typeof name === 'string' ? Reflect.get(args, name) : name.value)),
  }
}
