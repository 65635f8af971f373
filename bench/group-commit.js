/** Measures what it brings that commits which wait at the same time share a transaction. See docs/performance.md. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { hash } from '@node-rs/argon2'
import { createUsersService } from 'rollbook'
import { sqliteStorage } from 'rollbook/sqlite'
import { createStatements, sqlKinds } from '../dist/adapters/sql/kinds/index.js'
import { openDatabase } from '../dist/adapters/sqlite/driver/open-database.js'
import { sqliteDialect } from '../dist/adapters/sqlite/sql-dialect.js'
import { timeOrderedId } from '../dist/src/domain/ids.js'
import { withDerived } from '../dist/src/domain/user.js'
import { instantHasher, personAt } from './data.js'
import { progress } from './progress.js'
import { median, quantile, ratioOf } from './statistics.js'
import { machine, markdown, microseconds, ratioAndSpread } from './table.js'

const usage = `node bench/group-commit.js [options]
  --rounds <n>     in which the two sides take turns: 31
  --folder <path>  where the database files are made: the folder for temporary files`

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '31' },
    folder: { type: 'string', default: tmpdir() },
    // Only the writes of the service, to have their syncs counted.
    writes: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
const atOnce = 64
const seed = 1
const password = 'correct horse battery'
const by = { by: { actor: 'admin', ip: '192.0.2.7', userAgent: 'curl/8.7.1' } }
const folder = mkdtempSync(join(values.folder, 'rollbook-bench-'))

try {
  if (values.help) console.log(usage)
  else if (values.writes) await onlyWrites(Number(values.writes))
  else await main(Number(values.rounds))
} finally {
  rmSync(folder, { recursive: true })
}

async function main(rounds) {
  const users = openUsers('rollbook', instantHasher)
  const raw = openRaw()
  const groups = {
    raw: (from, count) => raw.readied(from, count, atOnce),
    ours: (from, count) => readied(users, from, count, atOnce),
  }
  const alone = {
    raw: (from, count) => raw.readied(from, count, 1),
    ours: (from, count) => readied(users, from, count, 1),
  }
  const rows = [
    { name: `${atOnce} writers`, ...(await compare(groups, { from: 0, calls: 8 * atOnce, rounds })) },
    { name: 'one writer', ...(await compare(alone, { from: 1e6, calls: 32, rounds })) },
  ]
  await users.close()
  raw.close()
  const hashed = await compareHashing(Math.ceil(rounds / 3))
  const { cores, node, sqlite } = machine()
  console.log(`${rounds} rounds, ${cores} cores, Node ${node}, SQLite ${sqlite}, synchronous=full\n`)
  console.log(
    markdown({
      title: 'createUser in a file',
      columns: [
        ['', ({ name }) => name],
        ['raw µs', ({ rawMicroseconds }) => microseconds(rawMicroseconds)],
        ['rollbook µs', ({ oursMicroseconds }) => microseconds(oursMicroseconds)],
        ['throughput, raw is 1', ({ throughput }) => ratioAndSpread(throughput)],
      ],
      rows: [...rows, { name: `${atOnce} writers, argon2id`, ...hashed }],
      notes: [
        `The raw driver writes the same rows, in transactions of ${atOnce} users, or of one; in the last row it is the hasher.`,
        `Meanwhile \`fs.stat\` took ${hashed.probe}.`,
        `Syncs of the disk with ${atOnce} writers: ${countSyncs(64 * atOnce)}.`,
      ],
    }),
  )
}

/** Runs both sides in turns, with the same people. What a side needs is readied before its time is taken. */
async function compare(sides, { from, calls, rounds, warmRounds = 8 }) {
  const times = []
  for (let round = 0; round < warmRounds + rounds; round++) {
    const time = {}
    for (const name of round % 2 === 0 ? ['raw', 'ours'] : ['ours', 'raw']) {
      const run = sides[name](from + round * calls, calls)
      const start = performance.now()
      await run()
      time[name] = performance.now() - start
    }
    if (round >= warmRounds) times.push(time)
    progress()
  }
  const perCall = (side) => (median(times.map((time) => time[side])) * 1000) / calls
  return {
    rawMicroseconds: perCall('raw'),
    oursMicroseconds: perCall('ours'),
    throughput: ratioOf(times, 'raw', 'ours'),
  }
}

function openUsers(name, passwords) {
  const storage = sqliteStorage(join(folder, `${name}.db`))
  return createUsersService({ storage, ...(passwords && { passwords }) })
}

/** Creates people with so many callers at once, each of whom goes on when the user is there. */
function readied(users, from, count, callers) {
  const inputs = numbers(from, count).map((index) => {
    const { name, email } = personOf(index)
    return { name, email, password }
  })
  return () => inParallel(callers, inputs, (input) => users.createUser(input, by))
}

async function inParallel(callers, inputs, call) {
  let next = 0
  async function caller() {
    while (next < inputs.length) await call(inputs[next++])
  }
  await Promise.all(Array.from({ length: callers }, caller))
}

function numbers(from, count) {
  return Array.from({ length: count }, (_, index) => from + index)
}

function personOf(index) {
  return personAt({ count: 1e8, seed, now: Date.now() }, index).user
}

/** The storage's own statements, prepared once. */
function openRaw() {
  openUsers('raw').close()
  const database = openDatabase(join(folder, 'raw.db'), 'full')
  const statements = createStatements(sqliteDialect('rollbook_'))
  const [insertUser, findTombstone, appendActivity] = ['insertUser', 'findTombstone', 'appendActivity'].map((name) => ({
    prepared: database.prepare(statements[name].sql),
    values: statements[name].values,
  }))
  const insertAll = database.transaction((rows) => {
    for (const { user, id, activity } of rows) {
      if (insertUser.prepared.run(...user).changes !== 1) throw new Error('the email is taken')
      if (findTombstone.prepared.get(...id)) throw new Error('the id is taken')
      if (appendActivity.prepared.run(...activity).changes !== 1) throw new Error('no such user')
    }
  })
  function rowsOf(index) {
    // Registered now, and not at a time of the generator's: ids grow, as those of the service do.
    const at = new Date()
    const id = timeOrderedId(at)
    const user = withDerived({ ...personOf(index), id, createdAt: at, updatedAt: at })
    const activity = { id: timeOrderedId(at), event: 'user.created', userId: id, at, ...by.by }
    return {
      user: insertUser.values(sqlKinds.users.toRow(user)),
      id: findTombstone.values(user),
      activity: appendActivity.values(sqlKinds.activity.toRow(activity)),
    }
  }
  return {
    readied(from, count, size) {
      const groups = numbers(0, count / size).map((group) => numbers(from + group * size, size).map(rowsOf))
      return () => {
        for (const group of groups) insertAll.immediate(group)
      }
    },
    close: () => database.close(),
  }
}

/** With the default hasher, against the bare hasher with as many calls at once. */
async function compareHashing(rounds) {
  const users = openUsers('hashed')
  const waits = []
  async function probedWhile(work) {
    let isOver = false
    const over = work.finally(() => {
      isOver = true
    })
    while (!isOver) {
      const start = performance.now()
      await stat(folder)
      waits.push(performance.now() - start)
      await pause(2)
    }
    await over
  }
  const sides = {
    raw: (_, count) => () => inParallel(atOnce, numbers(0, count), () => hash(password)),
    ours: (from, count) => {
      const run = readied(users, from, count, atOnce)
      return () => probedWhile(run())
    },
  }
  const compared = await compare(sides, { from: 0, calls: 2 * atOnce, rounds, warmRounds: 1 })
  await users.close()
  const [p50, p99] = [0.5, 0.99].map((share) => quantile(waits, share).toFixed(2))
  return { ...compared, probe: `${p50} ms (p99 ${p99} ms)` }
}

/** Counts them in a process of its own, which does nothing but create so many users. */
function countSyncs(users) {
  const self = [process.execPath, fileURLToPath(import.meta.url), '--writes', String(users), '--folder', values.folder]
  const counted = join(folder, 'syncs')
  try {
    execFileSync('strace', ['-f', '-c', '-e', 'trace=fdatasync,fsync', '-o', counted, ...self])
  } catch (error) {
    if (error.code === 'ENOENT') return 'not counted, since strace is not installed'
    throw error
  }
  const lines = readFileSync(counted, 'utf8')
    .split('\n')
    .filter((line) => /f(data)?sync$/.test(line.trim()))
  const syncs = lines.reduce((sum, line) => sum + Number(line.trim().split(/\s+/)[3]), 0)
  return `${syncs} for ${users} commits, opening and checkpoints included`
}

async function onlyWrites(count) {
  const users = openUsers('writes', instantHasher)
  await readied(users, 0, count, atOnce)()
  await users.close()
}
