/** Times the PostgreSQL storage on a server, as ratios to the bare driver running the same SQL. */
import { parseArgs } from 'node:util'
import { createUsersService } from 'rollbook'
import { postgresStorage } from 'rollbook/postgres'
import { listStatements } from '../dist/adapters/postgres/search/list-users.js'
import { postgresDialect } from '../dist/adapters/postgres/sql-dialect.js'
import { createStatements } from '../dist/adapters/sql/kinds/index.js'
import { fold } from '../dist/src/domain/search-text.js'
import { instantHasher, personAt, seededRandom } from './data.js'
import { measure } from './measure.js'
import { dropDatabase, openDatabase } from './postgres-database.js'
import { quantile } from './statistics.js'
import { markdown, microseconds, milliseconds, ratio, ratioAndSpread } from './table.js'
import { longTerms, shortTerms } from './terms.js'

const usage = `node bench/postgres.js [options]
  --url <url>     of a server on which databases may be made: POSTGRES_URL
  --users <n>     people in the database: 1000000
  --seed <n>      of the generated people: 1
  --rounds <n>    in which the sides take turns: 41
  --terms <n>     to search for: 1000
  --keep          leave the database for the next run`

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: process.env.POSTGRES_URL ?? '' },
    users: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '41' },
    terms: { type: 'string', default: '1000' },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const day = 24 * 60 * 60 * 1000
const deep = 100_000
const mostCounted = 5001

if (values.help || values.url === '') console.log(usage)
else await main()

async function main() {
  const config = { count: Number(values.users), seed: Number(values.seed), now: Math.floor(Date.now() / day) * day }
  const name = `rollbook_bench_${config.count}_${config.seed}`
  const pool = await openDatabase(values.url, name, config)
  try {
    const users = createUsersService({ storage: postgresStorage({ pool }), passwords: instantHasher })
    const { rows } = await pool.query('show server_version')
    console.log(
      `${config.count} users (seed ${config.seed}), Node ${process.version}, PostgreSQL ${rows[0].server_version}\n`,
    )
    console.log(markdown(await operationsTable(pool, users, config)))
    console.log(`\n${markdown(await searchTable(pool, users, config))}`)
  } finally {
    await pool.end()
    if (!values.keep) await dropDatabase(values.url, name)
  }
}

async function operationsTable(pool, users, config) {
  const raw = rawOn(pool)
  const random = seededRandom(config.seed)
  const ids = Array.from({ length: 4096 }, () => personAt(config, Math.floor(random() * config.count)).user.id)
  const idOf = (index) => ids[index % ids.length]
  const getUser = { raw: (index) => raw.find(idOf(index)), ours: (index) => users.getUser(idOf(index)) }
  const page = (offset) => ({ raw: () => raw.page(offset), ours: () => users.listUsers({ offset }) })
  const pairs = {
    getUser,
    'getUser, 40 at once': { ...getUser, workers: 40, calls: 400 },
    'listUsers, first page': page(0),
    [`listUsers at offset ${deep}`]: page(Math.min(deep, config.count - 26)),
    'listUsers with the total': { raw: () => raw.pageAndCount(), ours: () => users.listUsers({ total: true }) },
  }
  const timing = { rounds: Number(values.rounds), sliceMs: 20 }
  const rows = []
  for (const [name, pair] of Object.entries(pairs)) rows.push({ name, ...(await measure(pair, timing)) })
  return {
    title: 'Operations',
    columns: [
      ['operation', ({ name }) => name],
      ['raw µs', ({ rawMicroseconds }) => microseconds(rawMicroseconds)],
      ['rollbook µs', ({ oursMicroseconds }) => microseconds(oursMicroseconds)],
      ['ratio', ({ ratio: median, low, high }) => ratioAndSpread({ median, low, high })],
    ],
    rows,
  }
}

/** Each term once on each side, and first on the one and on the other in turns. */
async function searchTable(pool, users, config) {
  const raw = rawOn(pool)
  const page = { raw: (term) => raw.search(term), ours: (search) => users.listUsers({ search }) }
  const pageAndTotal = {
    raw: async (term) => [await raw.search(term), await raw.count(term)],
    ours: (search) => users.listUsers({ search, total: true }),
  }
  const long = longTerms(config, Number(values.terms))
  const kinds = [
    ['page of 25', page, long],
    ['page of 25 and total', pageAndTotal, long],
    ['page of 25, terms of 1 and 2 characters', page, shortTerms(config, Math.ceil(long.length / 10))],
  ]
  const rows = []
  for (const [name, sides, terms] of kinds) {
    const times = { raw: [], ours: [] }
    for (const [index, term] of terms.entries()) {
      for (const side of index % 2 ? ['raw', 'ours'] : ['ours', 'raw']) {
        // Once before, so that neither pays for what the other finds in memory.
        if (times[side].length === index) await sides[side](term)
        const start = performance.now()
        await sides[side](term)
        times[side].push(performance.now() - start)
      }
    }
    rows.push({ name, ...times })
  }
  const at = (side, share) => (row) => milliseconds(quantile(row[side], share))
  const ratios = ({ raw: those, ours }) => ours.map((time, index) => time / those[index])
  return {
    title: `Search, ${long.length} terms of 3 characters and more`,
    columns: [
      ['search', ({ name }) => name],
      ['raw p50 ms', at('raw', 0.5)],
      ['raw p99 ms', at('raw', 0.99)],
      ['p50 ms', at('ours', 0.5)],
      ['p99 ms', at('ours', 0.99)],
      ['worst ms', at('ours', 1)],
      ['ratio', (row) => ratio(quantile(ratios(row), 0.5))],
    ],
    rows,
  }
}

/** The storage's own SQL on the bare driver: prepared under a name, where the storage does so too. */
function rawOn(pool) {
  const dialect = postgresDialect({ prefix: 'rollbook_' })
  const { findUserById } = createStatements(dialect)
  const lists = listStatements(dialect)
  const named =
    (name, { sql: text }) =>
    (...values) =>
      pool.query({ name, text, values })
  const unnamed =
    ({ sql: text }) =>
    (...values) =>
      pool.query({ text, values })
  const find = named('raw_find', findUserById)
  const first = named('raw_page', lists.all['oldest-first'])
  const later = named('raw_later', lists.later['oldest-first'])
  const countAll = named('raw_count', lists.counting)
  const matching = unnamed(lists.whole.list['oldest-first'])
  const countMatching = unnamed(lists.whole.counting)
  const pattern = (term) => `%${fold(term).replaceAll(/[\\%_]/g, '\\$&')}%`
  return {
    find,
    page: (offset) => (offset === 0 ? first(0, 26, 0) : later(0, 26, offset)),
    pageAndCount: async () => [await first(0, 26, 0), await countAll(Number.MAX_SAFE_INTEGER)],
    search: (term) => matching(pattern(term), 0, 26, 0),
    count: (term) => countMatching(pattern(term), mostCounted),
  }
}
