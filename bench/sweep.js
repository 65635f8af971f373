/** Sweeps a large SQLite file, and measures how long anything else in the process had to wait meanwhile. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { createUsersService } from 'rollbook'
import { sqliteStorage } from 'rollbook/sqlite'
import { instantHasher, people, seededRandom, sessionOf } from './data.js'

const usage = `node bench/sweep.js [options]
  --rows <n>            old entries of activity, a fifth as many expired sessions, and as many again that stay: 1000000
  --seed <n>            of the generated people: 1
  --synchronous <mode>  of the SQLite file, full or normal: full
  --folder <path>       where the database file is made: the folder for temporary files`

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    synchronous: { type: 'string', default: 'full' },
    folder: { type: 'string', default: tmpdir() },
    help: { type: 'boolean', default: false },
  },
})
const minute = 60_000
const day = 24 * 60 * minute

if (values.help) console.log(usage)
else await main()

async function main() {
  const rows = Number(values.rows)
  const folder = mkdtempSync(join(values.folder, 'rollbook-bench-'))
  try {
    const path = join(folder, 'users.db')
    const now = Date.now()
    await fill(path, rows, now)
    const storage = sqliteStorage(path, { synchronous: values.synchronous })
    const steps = []
    const timed = { ...storage, sweep: (request) => time(steps, () => storage.sweep(request)) }
    const sweeper = createUsersService({ storage: timed, passwords: instantHasher, now: () => new Date(now) })
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const start = performance.now()
    const swept = await sweeper.sweep({ activityBefore: new Date(now - 100 * day) })
    const seconds = (performance.now() - start) / 1000
    delay.disable()
    await sweeper.close()
    print(swept, seconds, steps, delay)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Rows in the order of their times, as an app writes them: half of them are to go. */
async function fill(path, rows, now) {
  const storage = sqliteStorage(path, { synchronous: 'normal' })
  const count = Math.max(1, Math.floor(rows / 20))
  const random = seededRandom(Number(values.seed))
  const everyone = []
  await inSteps(storage, people({ count, seed: Number(values.seed), now }), ({ user }) => {
    everyone.push(user)
    return { op: 'insertUser', user }
  })
  const someone = () => everyone[Math.floor(random() * everyone.length)]
  const timeOf = (index, total) => new Date(now - 200 * day + Math.floor((index / total) * 200 * day))
  await inSteps(storage, numbers(2 * rows), (index) => {
    const at = timeOf(index, 2 * rows)
    const details = { sessionId: String(index).padStart(20, '0') }
    const activity = { id: `e${index}`, event: 'session.created', userId: someone().id, at, ip: '192.0.2.1', details }
    return { op: 'appendActivity', activity }
  })
  const sessions = Math.floor((2 * rows) / 5)
  await inSteps(storage, numbers(sessions), (index) => {
    const createdAt = new Date(timeOf(index, sessions).getTime() + 70 * day)
    const session = sessionOf(someone(), {
      id: `s${index}`,
      secret: `${index} ${random()}`,
      createdAt,
      ip: '192.0.2.1',
    })
    return { op: 'insertSession', session }
  })
  await storage.close()
}

function* numbers(count) {
  for (let index = 0; index < count; index++) yield index
}

async function inSteps(storage, items, toChange) {
  let changes = []
  for (const item of items) {
    changes.push(toChange(item))
    if (changes.length < 4000) continue
    await storage.commit(changes)
    changes = []
  }
  await storage.commit(changes)
}

async function time(steps, step) {
  const start = performance.now()
  const result = await step()
  steps.push(performance.now() - start)
  return result
}

function print({ sessions, activity }, seconds, steps, delay) {
  const sorted = steps.toSorted((one, other) => one - other)
  const step = (share) => sorted[Math.floor(share * (sorted.length - 1))]
  const whole = [activity, sessions, (activity + sessions) / seconds, steps.length]
  const times = [step(0.5), step(0.99), step(1), delay.percentile(99) / 1e6, delay.max / 1e6]
  console.log(
    `| old entries | expired sessions | rows per second | steps | step p50 ms | p99 | longest | stall p99 ms | longest |
|---:|---:|---:|---:|---:|---:|---:|---:|---:|
| ${whole.map((value) => Math.round(value).toLocaleString('en')).join(' | ')} | ${times.map((ms) => ms.toFixed(1)).join(' | ')} |`,
  )
}
