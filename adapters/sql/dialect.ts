import type * as KyselyModule from 'kysely'
import type {
  DialectAdapter,
  Kysely,
  QueryCompiler,
  RawBuilder,
  SchemableIdentifierNode,
  SelectQueryBuilder,
  sql as Sql,
} from 'kysely'
import type { UserOrder } from '../../src/domain/page.js'
import { loadKysely } from './load-peer.js'
import { arg, type Compilable, type Statement, statement } from './statement.js'

/**
 * Where a database differs from the others: one value for each database, and all that `adapters/sql` asks of one. Finding
 * users, which differs most, is given to `storageOver`.
 *
 * Two statements read the table that they change, in a subquery: `replaceUser` and `keepNewestSessions`. MySQL refuses
 * those (error 1093). Migrations run in one transaction; where a database commits before each `create table`, as MySQL
 * does, a migration that was interrupted leaves tables behind.
 */
export interface SqlAnswers {
  /** The package of the driver: the error about a missing Kysely says to install both. */
  readonly driver: string
  /** Writes identifiers in the quotes of the database, and placeholders in its way. */
  createQueryCompiler(kysely: typeof KyselyModule): QueryCompiler
  /** What else Kysely asks while it builds a query. */
  createAdapter(kysely: typeof KyselyModule): DialectAdapter
  /**
   * Turns what the driver throws into one of our errors. A violated constraint is a conflict, which `conflictOfConstraint`
   * knows by the constraint's name: another commit took the key or deleted the user after the statement had looked.
   */
  toError(error: unknown, names: TableNames): unknown
  /**
   * Whether `insert ... on conflict do nothing` skips rows whose key is taken. Otherwise inserts look for the key first.
   * Another commit may still take it before the insert: then the database must raise an error, and `toError` must turn the
   * error into the conflict.
   */
  readonly ignoresDuplicates: boolean
  /** Whether `select ... for update` locks rows. (On SQLite a writer has the database to itself.) */
  readonly locksRows: boolean
  /** Whether `delete ... limit` is understood. Otherwise a subquery chooses the rows. */
  readonly limitsDeletes: boolean
  /** The type of a column that holds whole numbers of up to 53 bits. */
  readonly wholeNumber: 'integer' | 'bigint'
  /** The type of a column of text that is compared and ordered by its bytes, and that can be a key. */
  readonly text: string
  /** The definition of the key that numbers the rows of a table, and gives no number twice. */
  readonly rowNumber: string
}

/** Where the tables of one storage are, and how they are named. */
export interface TableNames {
  /** The schema of the database that they are in; the first that a connection sees when absent. */
  readonly schema?: string | undefined
  /** What their names begin with. */
  readonly prefix: string
}

type NoTables = Record<never, never>

/** The answers of a database, and a builder for queries on the tables of one storage. */
export interface SqlDialect extends SqlAnswers, TableNames {
  /**
   * Builds and compiles queries; it has no connection. Queries name tables with the prefix `rollbook_`, whatever the prefix
   * of the storage is. Each kind adds its tables by `withTables`.
   */
  readonly db: Kysely<NoTables>
  readonly sql: typeof Sql
  /** The name of one of our tables, quoted, for SQL that is written by hand. */
  table(name: string): string
  /** The name of one of our indexes or constraints, quoted: such names have no schema. */
  name(name: string): string
}

/**
 * Creates a dialect: the tables that queries call `rollbook_...` get the prefix and the schema of the storage.
 *
 * @throws {MissingPeerError}
 */
export function sqlDialect(answers: SqlAnswers, { schema, prefix }: TableNames): SqlDialect {
  const kysely = loadKysely(answers.driver)
  const names = tableNames(kysely, schema, prefix)
  const db = new kysely.Kysely<NoTables>({
    dialect: {
      createAdapter: () => answers.createAdapter(kysely),
      createDriver: () => new kysely.DummyDriver(),
      createQueryCompiler: () => answers.createQueryCompiler(kysely),
      createIntrospector() {
        throw new TypeError('this Kysely builds queries and has no database to inspect')
      },
    },
    plugins: [names],
  })
  const { sql } = kysely
  return {
    ...answers,
    schema,
    prefix,
    db,
    sql,
    table: (name) => sql.table(`rollbook_${name}`).compile(db).sql,
    name: (name) => sql.id(prefix + name).compile(db).sql,
  }
}

/** A plugin that names tables where Kysely does: before a compiler has quoted anything. */
function tableNames(kysely: typeof KyselyModule, schema: string | undefined, prefix: string) {
  const { OperationNodeTransformer, SchemableIdentifierNode } = kysely
  // A subquery is transformed twice, and a prefix may begin with `rollbook_` too.
  const named = new WeakSet<SchemableIdentifierNode>()
  class Naming extends OperationNodeTransformer {
    // Called for tables only: aliases and columns are nodes of another kind.
    protected override transformSchemableIdentifier(node: SchemableIdentifierNode): SchemableIdentifierNode {
      const { name } = node.identifier
      if (!name.startsWith('rollbook_') || named.has(node)) return node
      const own = prefix + name.slice('rollbook_'.length)
      const renamed =
        schema === undefined
          ? SchemableIdentifierNode.create(own)
          : SchemableIdentifierNode.createWithSchema(schema, own)
      named.add(renamed)
      return renamed
    }
  }
  const naming = new Naming()
  return {
    transformQuery: ({ node, queryId }: KyselyModule.PluginTransformQueryArgs) => naming.transformNode(node, queryId),
    transformResult: async ({ result }: KyselyModule.PluginTransformResultArgs) => result,
  }
}

/** Compiles queries for a dialect. */
export function compiler({ db, sql, limitsDeletes, ignoresDuplicates }: SqlDialect) {
  const made = (query: Compilable): Statement => statement(query)
  const raw = (query: RawBuilder<unknown>): Statement => made({ compile: () => query.compile(db) })
  const argsSelected = (columns: readonly string[]) => columns.map((column) => sql`${arg(column)}`.as(column))
  /** The condition that no row has one of these keys, where the database cannot ignore duplicates. */
  function isFree(table: string, keys: readonly string[]): RawBuilder<boolean> {
    const same = keys.map((key) => sql`taken.${sql.ref(key)} = ${arg(key)}`)
    return sql`not exists (select 1 from ${sql.table(table)} as taken where ${sql.join(same, sql` or `)})`
  }
  return {
    made,
    /** Compiles SQL that is written by hand. */
    raw,
    isFree,
    /** Deletes rows that meet a condition, but no more than `limit`. */
    deleteSome(name: string, condition: RawBuilder<unknown>): Statement {
      const table = sql.table(name)
      const some = sql`${condition} limit ${arg('limit')}`
      return limitsDeletes
        ? raw(sql`delete from ${table} where ${some}`)
        : raw(sql`delete from ${table} where seq in (select seq from ${table} where ${some})`)
    },
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
    argsSelected,
    /**
     * Inserts a row that belongs to a user: nothing without the user's row, nor when one of these keys is taken.
     */
    insertOfUser(
      name: string,
      columns: readonly string[],
      keys: readonly [] | readonly [string, ...string[]],
    ): Statement {
      const [key, ...others] = keys
      const isFreeToo = key === undefined || ignoresDuplicates ? sql`` : sql` and ${isFree(name, keys)}`
      // A conflict clause names one key or means all.
      const target = others.length > 0 || key === undefined ? sql`` : sql` (${sql.ref(key)})`
      const ignoring = key === undefined || !ignoresDuplicates ? sql`` : sql` on conflict${target} do nothing`
      return raw(
        sql`insert into ${sql.table(name)} (${sql.join(columns.map((column) => sql.ref(column)))})
          select ${sql.join(argsSelected(columns))}
          from ${sql.table('rollbook_users')} where id = ${arg('user_id')}${isFreeToo}${ignoring}`,
      )
    },
  }
}

/** The comparison and the sorting of one order. */
export type Direction = readonly [comparison: '>' | '<', direction: 'asc' | 'desc']

/** Creates a value for each order of a list of users. */
export function inBothOrders<T>(make: (...direction: Direction) => T): Readonly<Record<UserOrder, T>> {
  return { 'oldest-first': make('>', 'asc'), 'newest-first': make('<', 'desc') }
}
