/** The table `pages`: what a page of users costs at any depth, in both orders, and the total. */
import assert from 'node:assert/strict'
import { microsecondsPerCall, takeTurns } from './measure.js'
import { whole } from './options.js'
import { progress } from './progress.js'
import { createRawLists } from './raw-lists.js'
import { toUser } from './raw-records.js'
import { openForReading } from './reading.js'
import { ratioOf } from './statistics.js'
import { microseconds, ratioAndSpread, thousands } from './table.js'

export const table = {
  about: 'A page of 25 users at any depth, against the driver alone, and against the first page.',
  options: { users: whole(1_000_000, 100, 'people in the database') },
  async run({ options, timing, template }) {
    const world = openForReading(await template())
    const lists = createRawLists(world.database)
    const sides = {
      ours: (query) => world.users.listUsers(query),
      raw({ total, ...range }) {
        const rows = lists.page(range)
        const items = rows.slice(0, 25).map(toUser)
        const next = rows.length > 25 && { next: String(rows[24].seq) }
        return { items, ...next, ...(total && { total: lists.count() }) }
      },
    }
    const rows = []
    for (const { name, query } of await queries(world.users, options.users)) {
      assert.deepEqual(await sides.ours(query), sides.raw(query), name)
      const first = { order: query.order }
      const { calls, times } = await takeTurns(
        { raw: () => sides.raw(query), ours: () => sides.ours(query), first: () => sides.ours(first) },
        {},
        timing,
      )
      const perCall = (side) => microsecondsPerCall(times, side, calls)
      rows.push({
        name,
        rawMicroseconds: perCall('raw'),
        oursMicroseconds: perCall('ours'),
        toRaw: ratioOf(times, 'ours', 'raw'),
        toFirst: ratioOf(times, 'ours', 'first'),
      })
      progress()
    }
    await world.close()
    return [{ title: 'Pages', columns, rows }]
  },
}

async function queries(users, count) {
  const all = []
  for (const order of ['oldest-first', 'newest-first']) {
    const depths = [2000, 100_000].filter((offset) => offset < count)
    const atOffset = depths.map((offset) => [`offset ${thousands(offset)}`, { offset }])
    const byKeyset = []
    for (const offset of [...depths, Math.floor(0.9 * count)]) {
      const { next } = await users.listUsers({ order, offset: offset - 25 })
      byKeyset.push([`by \`after\`, behind ${thousands(offset)}`, { after: next }])
    }
    const pages = [
      ['first page', {}],
      ['first page, with total', { total: true }],
      ...atOffset,
      ['last page', { offset: count - 25 }],
      ...byKeyset,
    ]
    all.push(...pages.map(([name, query]) => ({ name: `${order}: ${name}`, query: { order, ...query } })))
  }
  return all
}

const columns = [
  ['page', ({ name }) => name],
  ['raw µs', ({ rawMicroseconds }) => microseconds(rawMicroseconds)],
  ['rollbook µs', ({ oursMicroseconds }) => microseconds(oursMicroseconds)],
  ['to raw', ({ toRaw }) => ratioAndSpread(toRaw)],
  ['to the first page', ({ toFirst }) => ratioAndSpread(toFirst)],
]
