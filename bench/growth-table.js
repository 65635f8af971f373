/** The table `growth`: what an operation costs with more users than before. */
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { createUsersService } from 'rollbook'
import { sqliteStorage } from 'rollbook/sqlite'
import { cast } from './cast.js'
import { instantHasher } from './data.js'
import { microsecondsPerCall, takeTurns } from './measure.js'
import { newPerson } from './operations.js'
import { oneOf } from './options.js'
import { progress } from './progress.js'
import { ratioOf } from './statistics.js'
import { microseconds, ratioAndSpread, thousands } from './table.js'
import { longTerms } from './terms.js'

const at = (list, i) => list[i % list.length]

const termCount = 200
// Each of them once in a round.
const allTerms = { calls: termCount, mostRounds: 9 }

const operations = [
  { name: 'getUser', call: ({ users, people }, i) => users.getUser(at(people, i).id) },
  { name: 'verifyUserSession', call: ({ users, people }, i) => users.verifyUserSession(at(people, i).secret) },
  { name: 'listUsers, first page', call: ({ users }) => users.listUsers() },
  { name: 'listUsers, first page, with total', call: ({ users }) => users.listUsers({ total: true }) },
  { name: 'listUsers, in the middle by `offset`', call: ({ users, middle }) => users.listUsers({ offset: middle }) },
  { name: 'listUsers, search, common term', call: ({ users }) => users.listUsers({ search: 'smith' }) },
  {
    name: 'listUsers, search, common term, total',
    call: ({ users }) => users.listUsers({ search: 'smith', total: true }),
  },
  { name: 'listUsers, search, rare term', call: ({ users }) => users.listUsers({ search: 'quixotl' }) },
  {
    name: 'listUsers, search, an email, total',
    call: ({ users, people }, i) => users.listUsers({ search: at(people, i).email, total: true }),
  },
  {
    name: 'listUsers, search, mixed terms',
    call: ({ users, terms }, i) => users.listUsers({ search: at(terms, i) }),
    how: allTerms,
  },
  {
    name: 'listUsers, search, mixed terms, total',
    call: ({ users, terms }, i) => users.listUsers({ search: at(terms, i), total: true }),
    how: allTerms,
  },
  { name: 'createUser, instant hash', call: ({ users }, i) => users.createUser(newPerson(i, 'new')) },
]

export const table = {
  about: 'The same operation at several numbers of users: the ratio of the largest to the smallest.',
  options: {
    sizes: {
      byDefault: [10_000, 100_000, 1_000_000],
      about: 'numbers of users',
      read: (text) => text.split(',').map(Number),
    },
    synchronous: oneOf(['normal', 'full'], 'of the SQLite files'),
  },
  async run({ options, folder, configOf, timing, template }) {
    const { sizes, synchronous } = options
    const worlds = {}
    // As many at each size: else the larger ones would be asked for more different rows.
    const asked = cast(configOf(Math.min(...sizes))).steady.length
    for (const size of sizes) {
      const path = join(folder, `growth-${size}.db`)
      copyFileSync(await template(size), path)
      const users = createUsersService({ storage: sqliteStorage(path, { synchronous }), passwords: instantHasher })
      const config = configOf(size)
      const terms = longTerms(config, termCount)
      worlds[`of ${size}`] = { users, people: cast(config).steady.slice(0, asked), middle: Math.floor(size / 2), terms }
    }
    const rows = []
    for (const { name, call, how } of operations) {
      const sides = Object.entries(worlds).map(([size, world]) => [size, (i) => call(world, i)])
      const { calls, times } = await takeTurns(Object.fromEntries(sides), how ?? {}, timing)
      const microsecondsAt = Object.keys(worlds).map((size) => microsecondsPerCall(times, size, calls))
      rows.push({ name, microsecondsAt, growth: ratioOf(times, `of ${sizes.at(-1)}`, `of ${sizes[0]}`) })
      progress()
    }
    for (const { users } of Object.values(worlds)) await users.close()
    return [{ title: 'Growth', columns: columnsFor(sizes), rows }]
  },
}

const columnsFor = (sizes) => [
  ['operation', ({ name }) => name],
  ...sizes.map((size, place) => [
    `µs, ${thousands(size)} users`,
    ({ microsecondsAt }) => microseconds(microsecondsAt[place]),
  ]),
  ['largest to smallest', ({ growth }) => ratioAndSpread(growth)],
]
