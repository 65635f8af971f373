import { compiler, type SqlDialect } from '../sql/dialect.js'
import { all, type Work } from '../sql/work.js'
import { countTrigrams, type TrigramCounts } from './rare-part.js'

const sampleSize = 512
const keptMs = 10 * 60_000

/** Counts what some users, spread evenly over the table, are searched by, and looks at them again after a while. */
export function createSample(dialect: SqlDialect): () => Work<TrigramCounts> {
  const { db, sql } = dialect
  const sample = sql<{ text: string | null }>`
    select (select search_text from "rollbook_users" where seq >= part * last / cast(${sampleSize} as bigint)
      order by seq limit 1) as text
    from (select max(seq) as last from "rollbook_users") as users, generate_series(1, cast(${sampleSize} as bigint)) as part`
  const statement = compiler(dialect).made({ compile: () => sample.compile(db) })
  let counts: TrigramCounts = new Map()
  let takenAt = Number.NEGATIVE_INFINITY

  return function* sampled() {
    if (performance.now() - takenAt < keptMs) return counts
    // Before the look, so that others go on with what was there and do not look too.
    takenAt = performance.now()
    const rows = yield* all<{ text: string | null }>(statement, {})
    counts = countTrigrams(rows.flatMap(({ text }) => text ?? []))
    return counts
  }
}
