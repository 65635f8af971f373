/** Times every operation of the service as a ratio to the raw driver. See docs/performance.md. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { cast } from './data.js'
import { measure } from './measure.js'
import { operations } from './operations.js'
import { machine, table } from './table.js'
import { makeTemplate, memoryWorld, sqliteWorld } from './worlds.js'

const usage = `npm run bench -- [options]
  --users <n>           people in the database: 10000
  --seed <n>            of the generated people: 1
  --storage <name>      sqlite, memory or both: both
  --synchronous <mode>  of the SQLite file, full or normal: full
  --only <text>         only operations with this in their name
  --rounds <n>          61
  --folder <path>       where the database files are made: the folder for temporary files
  --json                print JSON instead of tables`

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    storage: { type: 'string', default: 'both' },
    synchronous: { type: 'string', default: 'full' },
    only: { type: 'string', default: '' },
    rounds: { type: 'string', default: '61' },
    folder: { type: 'string', default: tmpdir() },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) console.log(usage)
else await main()

async function main() {
  const config = { count: wholeNumber('users', 100), seed: wholeNumber('seed', 0), now: Date.now() }
  const timing = { rounds: wholeNumber('rounds', 1), sliceMs: 2 }
  const chosen = operations.filter(({ name }) => name.includes(values.only))
  const folder = mkdtempSync(join(values.folder, 'rollbook-bench-'))
  const results = []
  try {
    const template = await makeTemplate(folder, config)
    const everyone = cast(config)
    const openers = {
      sqlite: () => sqliteWorld(folder, template, { synchronous: oneOf('synchronous', ['full', 'normal']) }),
      memory: () => memoryWorld(folder, template, config),
    }
    const storage = oneOf('storage', ['both', 'sqlite', 'memory'])
    for (const name of storage === 'both' ? ['sqlite', 'memory'] : [storage]) {
      const world = await openers[name]()
      results.push({ storage: world.name, rows: await timeAll(world, everyone, chosen, timing) })
      await world.close()
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  const about = { ...machine(), users: config.count, seed: config.seed, rounds: timing.rounds }
  if (values.json) console.log(JSON.stringify({ about, results }, undefined, 2))
  else console.log([table.about(about), ...results.map(table.ofStorage)].join('\n\n'))
}

async function timeAll(world, everyone, chosen, timing) {
  const rows = []
  for (const operation of chosen) {
    const { name, isRead, call, before, ...rest } = operation
    const pair = {
      raw: (i) => call(world.raw, everyone, i),
      ours: (i) => call(world.users, everyone, i),
      ...(before && { before: (from, count) => before(world, everyone, from, count) }),
      ...rest,
      ...(rest.ours && { ours: (i) => rest.ours(world, i) }),
    }
    if (isRead) assert.deepEqual(comparable(await pair.ours(0)), comparable(await pair.raw(0)), name)
    rows.push({ name, ...(await measure(pair, timing)) })
    if (call) world.verify(name)
    // So that a long run shows where it is, and a pipe gets nothing but the tables.
    if (process.stderr.isTTY) process.stderr.write('.')
  }
  return rows
}

/** The service tells of user agents too, and each storage has positions of its own. */
function comparable(answer) {
  const items = answer.items?.map(({ os, client, device, ...item }) => item)
  return items ? { ...answer, items, next: answer.next !== undefined } : answer
}

function wholeNumber(name, least) {
  const number = Number(values[name])
  if (!Number.isSafeInteger(number) || number < least) throw new Error(`--${name} must be a whole number from ${least}`)
  return number
}

function oneOf(name, known) {
  if (known.includes(values[name])) return values[name]
  throw new Error(`--${name} must be one of ${known.join(', ')}`)
}
