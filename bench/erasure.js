/** Measures what it costs that nothing of what is deleted stays in an SQLite file: the same work with and without. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import Database from 'better-sqlite3'
import { createUsersService } from 'rollbook'
import { sqliteStorage } from 'rollbook/sqlite'
import { instantHasher, people } from './data.js'
import { familyNames, givenNames } from './words.js'

const usage = `node bench/erasure.js [options]
  --users <n>      in the file: 10000
  --rounds <n>     in which the two take turns: 5
  --calls <n>      of each operation in a round: 300
  --seed <n>       of the generated people: 1
  --folder <path>  where the database files are made: the folder for temporary files`

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '5' },
    calls: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    folder: { type: 'string', default: tmpdir() },
    help: { type: 'boolean', default: false },
  },
})
const nameOf = (i) => `${givenNames[i % givenNames.length][0]} ${familyNames[(i * 5 + 1) % familyNames.length][0]} ${i}`
const operations = {
  createUser: ({ users }, i) => users.createUser({ email: `new${i}@example.com`, name: nameOf(i) }),
  updateUserPrefs: ({ users, ids }, i) =>
    users.updateUserPrefs(ids[i % ids.length], { prefs: { theme: `theme ${i}` } }),
  updateUserName: ({ users, ids }, i) => users.updateUserName(ids[i % ids.length], { name: nameOf(3 * i) }),
  deleteUser: ({ users, ids }) => users.deleteUser(ids.pop()),
}

if (values.help) console.log(usage)
else await main()

async function main() {
  const folder = mkdtempSync(join(values.folder, 'rollbook-bench-'))
  try {
    const sides = [await open(join(folder, 'erased.db'), true), await open(join(folder, 'left.db'), false)]
    const times = Object.keys(operations).map((name) => ({ name, erased: [], left: [] }))
    for (let round = 0; round < Number(values.rounds); round++) {
      for (const { name, erased, left } of times) {
        erased.push(await time(sides[0], operations[name], round))
        left.push(await time(sides[1], operations[name], round))
      }
    }
    for (const { users } of sides) await users.close()
    print(times)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A file of the same people, with what overwrites deleted values switched on or off. */
async function open(path, isErased) {
  const handle = new Database(path)
  handle.pragma('journal_mode = wal')
  handle.pragma('synchronous = normal')
  const storage = sqliteStorage(handle)
  await storage.migrate()
  const ids = []
  for (const { user } of people({ count: Number(values.users), seed: Number(values.seed), now: Date.now() })) {
    ids.push(user.id)
    await storage.commit([{ op: 'insertUser', user }])
  }
  const users = createUsersService({ storage, passwords: instantHasher })
  await users.sweep()
  handle.pragma(`secure_delete = ${isErased ? 'on' : 'off'}`)
  const index = 'rollbook_users_search'
  handle.exec(`insert into ${index} (${index}, rank) values ('secure-delete', ${isErased ? 1 : 0})`)
  return { users, ids }
}

async function time(side, call, round) {
  const calls = Number(values.calls)
  const start = performance.now()
  for (let i = 0; i < calls; i++) await call(side, round * calls + i)
  return ((performance.now() - start) * 1000) / calls
}

function print(times) {
  const median = (list) => list.toSorted((one, other) => one - other)[Math.floor(list.length / 2)]
  console.log('| operation | erased, µs | not, µs | ratio |\n|---|---:|---:|---:|')
  for (const { name, erased, left } of times) {
    const ratio = median(erased.map((microseconds, round) => microseconds / left[round]))
    console.log(`| ${name} | ${median(erased).toFixed(0)} | ${median(left).toFixed(0)} | ${ratio.toFixed(2)} |`)
  }
}
