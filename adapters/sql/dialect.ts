import type { Compilable, Kysely, SelectQueryBuilder, sql as Sql } from 'kysely'
import type { Tables } from './schema.js'
import { arg, type Statement, statement } from './statement.js'

/** What a database spells in its own way, and the builder for its queries. */
export interface SqlDialect {
  /** Builds and compiles only: it has no connection. */
  readonly db: Kysely<Tables>
  readonly sql: typeof Sql
  /** Whether a row that is read can be locked against others. (On SQLite a writer has the database to itself.) */
  readonly locksRows: boolean
  /** The prefix of our tables. */
  readonly prefix: string
}

/** Compiles queries for a dialect. */
export function compiler({ db, sql, prefix }: SqlDialect) {
  const made = (query: Compilable): Statement => statement(query, prefix)
  return {
    made,
    /** Counts the rows of a query, but no more than `most`. */
    counted: <Known, Table extends keyof Known, Row>(rows: SelectQueryBuilder<Known, Table, Row>): Statement =>
      made(
        db
          .selectFrom(rows.limit(arg<number>('most')).as('counted'))
          .select(({ fn }) => fn.countAll<number>().as('count')),
      ),
    /** Placeholders for the columns of a row, each with the column's own name. */
    argsFor: <Column extends string>(columns: readonly Column[]) =>
      Object.fromEntries(columns.map((column) => [column, arg(column)])) as Record<Column, never>,
    /** The same, to be selected: for an insert that depends on another row. */
    argsSelected: (columns: readonly string[]) => columns.map((column) => sql`${arg(column)}`.as(column)),
  }
}
