/** How our tables are named in a database. */
export interface TableNames {
  /** The PostgreSQL schema they are in: without one, where the connection looks first. */
  readonly schema: string | undefined
  readonly prefix: string
  /** What stands between the opening quote and the rest of a table's name: `rollbook_`, or `app"."rollbook_`. */
  readonly quotedPrefix: string
  /** The quoted name of one of our tables. */
  table(name: string): string
}

export function tableNames(schema: string | undefined, prefix: string): TableNames {
  const quotedPrefix = schema === undefined ? prefix : `${schema}"."${prefix}`
  return { schema, prefix, quotedPrefix, table: (name) => `"${quotedPrefix}${name}"` }
}
