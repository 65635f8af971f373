/** The table `search`: how soon a search is answered, for a thousand terms and for those made to be slow. */
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { createUsersService } from 'rollbook'
import { sqliteStorage } from 'rollbook/sqlite'
import { openDatabase } from '../dist/adapters/sqlite/driver/open-database.js'
import { fold } from '../dist/src/domain/search-text.js'
import { instantHasher } from './data.js'
import { hostileTerms } from './hostile-terms.js'
import { longestHold } from './longest-hold.js'
import { whole } from './options.js'
import { progress } from './progress.js'
import { createRawLists } from './raw-lists.js'
import { toUser } from './raw-records.js'
import { recordingService } from './recorded-sql.js'
import { median, quantile, spread } from './statistics.js'
import { milliseconds, ratioAndSpread } from './table.js'
import { longTerms, shortTerms } from './terms.js'

export const table = {
  about: 'Milliseconds of a search, over terms drawn from the people, and for terms made to be slow.',
  options: {
    users: whole(1_000_000, 100, 'people in the database'),
    rounds: whole(5, 1, 'in which each term is searched once'),
    terms: whole(1000, 1, 'of three characters and more; a fifth as many shorter ones'),
    walks: whole(60, 0, 'of the terms made to be slow, chosen by chance'),
  },
  async run({ options, config, folder, template }) {
    const path = join(folder, 'search.db')
    copyFileSync(await template(), path)
    const terms = {
      short: shortTerms(config, Math.ceil(options.terms / 5)),
      long: longTerms(config, options.terms),
      hostile: hostileTerms(config, options.walks),
    }
    const unswept = await inWorld(path, (world) => timeMixed(world, terms, options.rounds))
    const [sweep, swept, hostile] = await inWorld(path, async (world) => [
      await longestHold(() => world.users.sweep()),
      await timeMixed(world, terms, options.rounds),
      await timeHostile(world, terms.hostile),
    ])
    return [
      { title: 'Search, over a mixed list of terms', columns, rows: swept },
      { title: 'The same before the sweep', columns, rows: unswept },
      { title: 'The sweep between them', columns: sweepColumns, rows: [{ ...sweep, users: options.users }] },
      { title: 'Search, the worst terms', columns: hostileColumns, rows: hostile },
    ]
  },
}

/** Opens a file for both sides, and closes it. */
async function inWorld(path, task) {
  const users = createUsersService({ storage: sqliteStorage(path), passwords: instantHasher })
  const database = openDatabase(path, 'full')
  const recorder = recordingService(database)
  const result = await task({ users, recorder, lists: createRawLists(database) })
  await recorder.close()
  await users.close()
  database.close()
  return result
}

async function timeMixed(world, { short, long }, rounds) {
  const rows = []
  for (const total of [false, true]) {
    const suffix = total ? 'page with total' : 'page'
    rows.push({ name: `3 characters and more, ${suffix}`, ...(await timeTerms(world, long, total, rounds)) })
    rows.push({ name: `1 and 2 characters, ${suffix}`, ...(await timeTerms(world, short, total, rounds)) })
  }
  return rows
}

/** Searches each term once in a round, and at once after that runs the same statements without the service. */
async function timeTerms({ users, recorder }, terms, total, rounds) {
  // The first search of a storage looks at what there is, to plan the others.
  await recorder.record((recording) => recording.listUsers({ search: 'first' }))
  const again = []
  for (const search of terms) again.push(await recorder.record((recording) => recording.listUsers({ search, total })))
  const found = []
  // The first round is there to warm up.
  for (let round = -1; round < rounds; round++) {
    const ours = new Float64Array(terms.length)
    const raw = new Float64Array(terms.length)
    for (let place = 0; place < terms.length; place++) {
      const times = { ours: () => users.listUsers({ search: terms[place], total }), raw: again[place] }
      // Whoever is second finds the pages of the file in the processor's cache.
      for (const side of Math.abs(round + place) % 2 === 0 ? ['ours', 'raw'] : ['raw', 'ours']) {
        const start = performance.now()
        await times[side]()
        const target = side === 'ours' ? ours : raw
        target[place] = performance.now() - start
      }
    }
    if (round < 0) continue
    found.push({
      p50: quantile(ours, 0.5),
      p99: quantile(ours, 0.99),
      most: Math.max(...ours),
      ratio: quantile(ours, 0.5) / quantile(raw, 0.5),
      ratioOfP99: quantile(ours, 0.99) / quantile(raw, 0.99),
    })
    progress()
  }
  const over = (name) => spread(found.map((round) => round[name]))
  return {
    p50: over('p50'),
    p99: over('p99'),
    most: over('most'),
    ratio: over('ratio'),
    ratioOfP99: over('ratioOfP99'),
  }
}

async function timeHostile({ users, lists }, terms) {
  const rows = []
  for (const { name, term } of terms) {
    const { held, took } = await medianOfThree(() => longestHold(() => users.listUsers({ search: term, total: true })))
    // What the index needs when it is asked for the whole text at once. That may be long, so once is enough.
    const start = performance.now()
    lists.matching(fold(term)).map(toUser)
    lists.countMatching(fold(term))
    rows.push({ name, term, held, took, phrase: performance.now() - start })
    progress()
  }
  const walked = rows.filter(({ name }) => name.startsWith('a walk'))
  const worstOf = (key) => walked.toSorted((one, other) => other[key] - one[key])[0]
  const named = rows.filter((row) => !walked.includes(row))
  if (walked.length === 0) return named
  return [
    ...named,
    { ...worstOf('took'), name: `the slowest of ${walked.length} walks over common parts` },
    { ...worstOf('held'), name: 'the one of them that held the process longest' },
  ]
}

async function medianOfThree(task) {
  const runs = [await task(), await task(), await task()]
  return { held: median(runs.map(({ held }) => held)), took: median(runs.map(({ took }) => took)) }
}

const msAndSpread = ({ median: middle, low, high }) =>
  `**${milliseconds(middle)}** (${milliseconds(low)}–${milliseconds(high)})`

const columns = [
  ['terms', ({ name }) => name],
  ['p50 ms', ({ p50 }) => msAndSpread(p50)],
  ['p99 ms', ({ p99 }) => msAndSpread(p99)],
  ['longest ms', ({ most }) => milliseconds(most.median)],
  ['p50 to the same SQL', ({ ratio }) => ratioAndSpread(ratio)],
  ['p99 to the same SQL', ({ ratioOfP99 }) => ratioAndSpread(ratioOfP99)],
]

const sweepColumns = [
  ['index of users', ({ users }) => users.toLocaleString('en')],
  ['seconds', ({ took }) => (took / 1000).toFixed(1)],
  ['longest hold of the process, ms', ({ held }) => milliseconds(held)],
]

const hostileColumns = [
  ['term, page with total', ({ name }) => name],
  ['characters', ({ term }) => [...term].length],
  ['ms', ({ took }) => `**${milliseconds(took)}**`],
  ['longest hold of the process, ms', ({ held }) => milliseconds(held)],
  ['the whole text as one phrase, ms', ({ phrase }) => milliseconds(phrase)],
]
