import { compiler, type SqlDialect } from '../../sql/dialect.js'
import { countTrigrams, gramLength, type TrigramCounts, trigramsOf } from '../../sql/trigrams.js'
import { selectAll, type Work } from '../../sql/work.js'

// For each user with the rarest trigram the index looks up all the others: more trigrams cost more than they save.
const partLength = 10

/** Returns whether the index should be searched for a part of a text rather than for the whole. */
export function isLong(text: string): boolean {
  return [...text].length > partLength
}

/** Returns the part of a long text to search the index for: the one around its rarest trigrams. */
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

/** The index goes through the users of the rarest trigram, so that one counts; the others decide among equals. */
function rarityOf(counts: readonly number[]): number {
  return Math.min(...counts) + counts.reduce((one, other) => one + other) / 1e6
}

const sampleSize = 512
const keptMs = 10 * 60_000

/** Counts the trigrams of some users, spread evenly over the table, again every ten minutes. */
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
    // Set before the query, so that searches at the same time use the old counts and do not query too.
    takenAt = performance.now()
    const rows = yield* selectAll<{ text: string | null }>(statement, {})
    counts = countTrigrams(rows.flatMap(({ text }) => text ?? []))
    return counts
  }
}
