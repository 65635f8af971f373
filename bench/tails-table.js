/** The table `tails`: the slowest of many inserts, with the search index and without. */
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { createUsersService } from 'rollbook'
import { sqliteStorage } from 'rollbook/sqlite'
import { openDatabase } from '../dist/adapters/sqlite/driver/open-database.js'
import { instantHasher, personAt } from './data.js'
import { oneOf, whole } from './options.js'
import { progress } from './progress.js'
import { createRaw } from './raw.js'
import { median, quantile, spread } from './statistics.js'
import { microseconds, ratioAndSpread } from './table.js'

const by = { by: { actor: 'admin', ip: '192.0.2.7' } }
const chunk = 1000

export const table = {
  about: 'How long the slowest of many inserts take, against the driver writing the same rows without a search index.',
  options: {
    users: whole(1_000_000, 100, 'people in the database before'),
    inserts: whole(20_000, 1, 'on each side, in turns'),
    synchronous: oneOf(['both', 'normal', 'full'], 'of the SQLite files'),
  },
  async run({ options, folder, config, template }) {
    const path = await template()
    const { synchronous, inserts } = options
    const results = []
    for (const mode of synchronous === 'both' ? ['normal', 'full'] : [synchronous]) {
      const world = openAll(folder, path, mode)
      const times = await insertInTurns(world.sides, config, inserts)
      await world.close()
      results.push({ title: `Inserts, synchronous=${mode}`, columns, rows: rowsOf(times) })
    }
    return results
  },
}

function openAll(folder, template, synchronous) {
  const copy = (name) => {
    const path = join(folder, `${name}-${synchronous}.db`)
    copyFileSync(template, path)
    return path
  }
  const withoutIndex = (path) => {
    const database = openDatabase(path, 'normal')
    // Nothing but these writes to the index.
    const triggers = database.prepare("select name from sqlite_master where type = 'trigger'").pluck().all()
    for (const trigger of triggers) database.exec(`drop trigger "${trigger}"`)
    database.close()
    return path
  }
  const serviceOn = (path) =>
    createUsersService({ storage: sqliteStorage(path, { synchronous }), passwords: instantHasher })
  const indexed = serviceOn(copy('indexed'))
  const plain = serviceOn(withoutIndex(copy('plain')))
  const database = openDatabase(withoutIndex(copy('raw')), synchronous)
  return {
    sides: { indexed, plain, raw: createRaw(database, instantHasher) },
    async close() {
      await indexed.close()
      await plain.close()
      database.close()
    },
  }
}

/** Each side inserts the same person at once after the other; who is first goes round. */
async function insertInTurns(sides, config, inserts) {
  const names = Object.keys(sides)
  const times = Object.fromEntries(names.map((name) => [name, new Float64Array(inserts)]))
  const all = { ...config, count: config.count + inserts }
  for (let insert = 0; insert < inserts; insert++) {
    const { name, email } = personAt(all, config.count + insert).user
    const person = { name, email, password: 'correct horse battery' }
    for (let turn = 0; turn < names.length; turn++) {
      const side = names[(insert + turn) % names.length]
      const start = performance.now()
      await sides[side].createUser(person, by)
      times[side][insert] = (performance.now() - start) * 1000
    }
    if (insert % chunk === 0) progress()
  }
  return times
}

function rowsOf(times) {
  const raw = inChunks(times.raw)
  return Object.entries(times).map(([name, all]) => ({
    name,
    ...Object.fromEntries([0.5, 0.99, 0.999, 1].map((share) => [`p${share * 100}`, quantile(all, share)])),
    mean: all.reduce((sum, time) => sum + time, 0) / all.length,
    p999BeyondRaw: (quantile(all, 0.999) - quantile(times.raw, 0.999)) / 1000,
    ...(name === 'indexed' && { toPlain: ratioOfMedians(inChunks(all), inChunks(times.plain)) }),
    ...(name !== 'raw' && { toRaw: ratioOfMedians(inChunks(all), raw) }),
  }))
}

const inChunks = (all) =>
  Array.from({ length: Math.ceil(all.length / chunk) }, (_, index) => all.slice(index * chunk, (index + 1) * chunk))

const ratioOfMedians = (ones, others) => spread(ones.map((one, index) => median(one) / median(others[index])))

const titles = {
  indexed: 'createUser, with the search index',
  plain: 'createUser, its triggers dropped',
  raw: 'the driver alone, without the index',
}

const columns = [
  ['insert', ({ name }) => titles[name]],
  ['p50 µs', ({ p50 }) => microseconds(p50)],
  ['p99 µs', ({ p99 }) => microseconds(p99)],
  ['p99.9 µs', (row) => microseconds(row['p99.9'])],
  ['longest µs', ({ p100 }) => microseconds(p100)],
  ['mean µs', ({ mean }) => microseconds(mean)],
  ['p99.9 beyond raw, ms', ({ name, p999BeyondRaw }) => (name === 'raw' ? '' : p999BeyondRaw.toFixed(1))],
  ['p50 to the same without the index', ({ toPlain }) => (toPlain ? ratioAndSpread(toPlain) : '')],
  ['p50 to raw', ({ toRaw }) => (toRaw ? ratioAndSpread(toRaw) : '')],
]
