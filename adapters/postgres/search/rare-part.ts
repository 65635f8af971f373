import { compiler, type SqlDialect } from '../../sql/dialect.js'
import { gramLength, type Trigram, trigramsOf } from '../../sql/trigrams.js'
import { all, type Work } from '../../sql/work.js'

// For each user whom the rarest trigram names, the index looks up all others: more of them cost more than they save.
const partLength = 10

/** In how many texts of a sample each trigram is. */
export type TrigramCounts = ReadonlyMap<Trigram, number>

export function countTrigrams(texts: readonly string[]): TrigramCounts {
  const counts = new Map<Trigram, number>()
  for (const text of texts) {
    for (const gram of new Set(trigramsOf(text))) counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  return counts
}

/** Whether a text has parts that the index is better asked for. */
export function isLong(text: string): boolean {
  return [...text].length > partLength
}

/**
 * Returns the part of a long text for which the index is best asked: that around its rarest trigrams. On the counts
 * depends how soon an answer comes, and never the answer.
 */
export function rarePart(text: string, counts: TrigramCounts): string {
  const characters = [...text]
  const found = trigramsOf(text).map((gram) => counts.get(gram) ?? 0)
  const gramsInPart = partLength - gramLength + 1
  let rarest: readonly [number, number] = [Infinity, 0]
  for (let first = 0; first + gramsInPart <= found.length; first++) {
    const rarity = rarityOf(found.slice(first, first + gramsInPart))
    if (rarity < rarest[0]) rarest = [rarity, first]
  }
  return characters.slice(rarest[1], rarest[1] + partLength).join('')
}

/** By the rarest trigram, whose users the index goes through, and among equals by all of them. */
function rarityOf(counts: readonly number[]): number {
  return Math.min(...counts) + counts.reduce((one, other) => one + other) / 1e6
}

const sampleSize = 512
const keptMs = 10 * 60_000

/** Counts what some users, spread evenly over the table, are searched by, and looks at them again after a while. */
export function createSample(dialect: SqlDialect): () => Work<TrigramCounts> {
  const { sql } = dialect
  const users = sql.table('rollbook_users')
  const sample = sql<{ text: string | null }>`
    select (select search_text from ${users} where seq >= part * last / cast(${sampleSize} as bigint)
      order by seq limit 1) as text
    from (select max(seq) as last from ${users}) as all_users, generate_series(1, cast(${sampleSize} as bigint)) as part`
  const statement = compiler(dialect).raw(sample)
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
