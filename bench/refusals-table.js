/** The table `refusals`: whether the time of a refused sign-in tells who has an account. */
import pg from 'pg'
import { argon2id, createUsersService } from 'rollbook'
import { memoryStorage } from 'rollbook/memory'
import { postgresStorage } from 'rollbook/postgres'
import { sqliteStorage } from 'rollbook/sqlite'
import { takeTurns } from './measure.js'
import { text, whole } from './options.js'
import { progress } from './progress.js'
import { ratioOf, spread } from './statistics.js'
import { milliseconds, ratioAndSpread } from './table.js'

const password = 'correct horse battery'

// Of each refusal the account that it is about, and what somebody types.
const refusals = {
  'wrong password': { account: { password }, typed: 'wrong horse battery' },
  'unknown email': { typed: password },
  'blocked user, right password': { account: { password, status: 'blocked' }, typed: password },
  'disabled user, wrong password': { account: { password, status: 'disabled' }, typed: 'wrong horse battery' },
  'user without a password': { account: {}, typed: password },
}

export const table = {
  about: 'Milliseconds of signIn with real hashes, by why it is refused.',
  options: {
    rounds: whole(201, 1, 'in which each refusal is timed once'),
    url: text('none', 'of a PostgreSQL server to be measured as well'),
  },
  async run({ options, timing, template }) {
    const results = []
    async function add(name, storage, hashers = {}) {
      results.push({ title: `Refused sign-ins, ${name}`, columns, rows: await timeAll(storage, timing, hashers) })
      progress()
    }
    await add('memory', memoryStorage())
    const raised = {
      before: argon2id({ memoryCost: 12_288, timeCost: 3 }),
      now: argon2id({ memoryCost: 65_536, timeCost: 3 }),
    }
    await add('memory, all hashes of before the cost was raised', memoryStorage(), raised)
    await add('SQLite file', sqliteStorage(await template()))
    if (options.url !== 'none') await onServer(options.url, (storage) => add('PostgreSQL', storage))
    return results
  },
}

/** Lets a task have tables of its own on a server. */
async function onServer(url, task) {
  const pool = new pg.Pool({ connectionString: url })
  const schema = `rollbook_bench_${process.pid}`
  const storage = postgresStorage({ pool }, { schema })
  await storage.migrate()
  await task(storage)
  await pool.query(`drop schema ${schema} cascade`)
  await pool.end()
}

const columns = [
  ['refused for', ({ name }) => name],
  ['ms', ({ time }) => `**${milliseconds(time.median)}** (${milliseconds(time.low)}–${milliseconds(time.high)})`],
  ['to a wrong password', ({ ratio }) => ratioAndSpread(ratio)],
]

/** Times refusals by a hasher, of users whose hashes are of an earlier one. */
async function timeAll(storage, timing, { before = argon2id(), now = before }) {
  const earlier = createUsersService({ storage, passwords: before })
  const users = createUsersService({ storage, passwords: now })
  const sides = {}
  for (const [name, { account, typed }] of Object.entries(refusals)) {
    const email = `${name.replaceAll(/\W+/g, '-')}@refused.example`
    if (account) await earlier.createUser({ email, ...account })
    sides[name] = async () => {
      await users.signIn({ email, password: typed }).then(letIn, expectRefusal)
    }
  }
  const { times } = await takeTurns(sides, { calls: 1 }, timing)
  await users.close()
  return Object.keys(sides).map((name) => ({
    name,
    time: spread(times.map((time) => time[name])),
    ratio: ratioOf(times, name, 'wrong password'),
  }))
}

function letIn() {
  throw new Error('somebody was let in who must be refused')
}

function expectRefusal(error) {
  if (error.code !== 'invalid-credentials') throw error
}
