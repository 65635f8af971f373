/** The table `peers`: the same work by better-auth with its admin plugin, in the same process. */
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { createUsersService } from 'rollbook'
import { sqliteStorage } from 'rollbook/sqlite'
import { cast } from './cast.js'
import { instantHasher, sessionOf } from './data.js'
import { microsecondsPerCall, takeTurns } from './measure.js'
import { oneOf, text, whole } from './options.js'
import { peerCookie, peerService } from './peer.js'
import { makePeerDatabase, peerAdmin } from './peer-database.js'
import { peerOperations } from './peer-operations.js'
import { progress } from './progress.js'
import { ratioOf } from './statistics.js'
import { microseconds, ratioAndSpread } from './table.js'

const week = 7 * 24 * 60 * 60 * 1000

export const table = {
  about: 'Each operation by better-auth and its admin plugin: how many times as long it takes.',
  options: {
    rounds: whole(21, 1, 'in which the sides take turns'),
    synchronous: oneOf(['normal', 'full'], 'of the SQLite files'),
    only: text('', 'only operations with this in their name'),
  },
  async run({ options, folder, config, timing, template }) {
    const world = await openBoth(folder, await template(), config, options.synchronous)
    const rows = []
    for (const { name, before, most, ...sides } of peerOperations(world)) {
      if (!name.includes(options.only)) continue
      const how = { ...(before && { before }), ...(most && { most }) }
      const { calls, times } = await takeTurns(sides, how, timing)
      const costs = Object.keys(sides).map((side) => [side, microsecondsPerCall(times, side, calls)])
      rows.push({
        name,
        microseconds: Object.fromEntries(costs),
        factor: ratioOf(times, 'api', 'ours'),
        ...(sides.adapter && { adapterFactor: ratioOf(times, 'adapter', 'ours') }),
      })
      progress()
    }
    await world.close()
    return [{ title: `better-auth, SQLite file, synchronous=${options.synchronous}`, columns, rows }]
  },
}

async function openBoth(folder, template, config, synchronous) {
  const path = join(folder, 'rollbook.db')
  copyFileSync(template, path)
  const peerPath = join(folder, 'peer.db')
  await makePeerDatabase(peerPath, config)
  const storage = sqliteStorage(path, { synchronous })
  const users = createUsersService({ storage, passwords: instantHasher })
  const { auth, database } = peerService(peerPath, synchronous)
  const { internalAdapter } = await auth.$context
  const cookieOf = (token) => new Headers({ cookie: peerCookie(token) })
  const insertSession = database.prepare(
    'insert into session (id, token, userId, expiresAt, createdAt, updatedAt) values (?, ?, ?, ?, ?, ?)',
  )

  return {
    users,
    auth,
    adapter: internalAdapter,
    people: cast(config),
    asAdmin: cookieOf(peerAdmin.token),
    cookieOf,
    /** Gives everybody sessions that are there to be ended: `each` of them for the people of the next calls. */
    async newSessions(personOf, from, count, each) {
      const now = new Date()
      const times = [new Date(now.getTime() + week), now, now].map((time) => time.toISOString())
      const changes = []
      const insertAll = database.transaction(() => {
        for (let i = from; i < from + count; i++) {
          const person = personOf(i)
          for (let number = 0; number < each; number++) {
            const name = `${i}-${number}`
            const session = sessionOf(person, { id: `ours-${name}`, secret: name, createdAt: now })
            changes.push({ op: 'insertSession', session })
            for (const side of ['api', 'adapter'])
              insertSession.run(`${side}-${name}`, `${side}-${name}`, person.id, ...times)
          }
        }
      })
      insertAll.immediate()
      await storage.commit(changes)
    },
    async close() {
      await users.close()
      database.close()
    },
  }
}

const cost = (side) => (row) => (row.microseconds[side] === undefined ? '' : microseconds(row.microseconds[side]))

const columns = [
  ['operation', ({ name }) => name],
  ['rollbook µs', cost('ours')],
  ['better-auth `auth.api` µs', cost('api')],
  ['factor', ({ factor }) => ratioAndSpread(factor)],
  ['its adapter µs', cost('adapter')],
  ['factor of it', ({ adapterFactor }) => (adapterFactor ? ratioAndSpread(adapterFactor) : '')],
]
