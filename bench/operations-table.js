/** The table `operations`: every operation of the service, as a ratio to the raw driver. */
import assert from 'node:assert/strict'
import { cast } from './cast.js'
import { measure } from './measure.js'
import { operations } from './operations.js'
import { oneOf, text } from './options.js'
import { progress } from './progress.js'
import { microseconds, ratio } from './table.js'
import { memoryWorld, sqliteWorld } from './worlds.js'

export const table = {
  about: 'Every operation of the service, as a ratio to better-sqlite3 running the same SQL by hand.',
  options: {
    storage: oneOf(['both', 'sqlite', 'memory'], 'storages'),
    synchronous: oneOf(['full', 'normal'], 'of the SQLite file'),
    only: text('', 'only operations with this in their name'),
  },
  async run({ options, folder, config, timing, template }) {
    const { storage, synchronous, only } = options
    const chosen = operations.filter(({ name }) => name.includes(only))
    const path = await template()
    const everyone = cast(config)
    const openers = {
      sqlite: () => sqliteWorld(folder, path, { synchronous }),
      memory: () => memoryWorld(folder, path, config),
    }
    const results = []
    for (const name of storage === 'both' ? ['sqlite', 'memory'] : [storage]) {
      const world = await openers[name]()
      results.push({ title: world.name, columns, rows: await timeAll(world, everyone, chosen, timing) })
      await world.close()
    }
    return results
  },
}

const columns = [
  ['operation', ({ name }) => name],
  ['raw µs', ({ rawMicroseconds }) => microseconds(rawMicroseconds)],
  ['rollbook µs', ({ oursMicroseconds }) => microseconds(oursMicroseconds)],
  ['ratio', (row) => `**${ratio(row.ratio)}**`],
  ['middle half', ({ low, high }) => `${ratio(low)}–${ratio(high)}`],
]

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
    progress()
  }
  return rows
}

/** The service tells of user agents too, and each storage has positions of its own. */
function comparable(answer) {
  const items = answer.items?.map(({ os, client, device, ...item }) => item)
  return items ? { ...answer, items, next: answer.next !== undefined } : answer
}
