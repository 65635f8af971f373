import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgresStorage } from '../../../adapters/postgres/index.js'
import { serverUrl } from './databases.js'
import { canMakeServers, ownServer } from './own-server.js'

describe.runIf(serverUrl && canMakeServers)(
  'a server that crashes and comes back three times under eight writers',
  () => {
    let server: Awaited<ReturnType<typeof ownServer>>
    beforeAll(async () => {
      server = await ownServer()
    })
    afterAll(() => server.stop())

    test.each(['pool', 'connectionString'])(
      'ends no process, loses nothing that was acknowledged, and is used again within two seconds (%s) [B-104, B-98]',
      async (kind) => {
        const schema = kind.toLowerCase()
        const pool = new Pool({ connectionString: server.url, max: 1 })
        await postgresStorage({ pool }, { schema }).migrate()
        await pool.end()
        const writers = new URL('../../processes/postgres-writers.mjs', import.meta.url)
        const child = fork(writers, [server.url, schema, kind], { execArgv: [] })
        const exit = once(child, 'exit')
        await once(child, 'message')
        for (let crash = 0; crash < 3; crash++) {
          await pause(300)
          server.restart()
          // From now on the time counts until every writer has written again.
          child.send('go')
        }
        await pause(2000)
        const result = once(child, 'message')
        child.send('stop')
        const [{ acknowledged, longestAway, codes }] = await result
        expect(await exit).toEqual([0, null])
        const after = new Pool({ connectionString: server.url, max: 1 })
        const { rows } = await after.query(`select id from ${schema}.rollbook_users`)
        await after.end()
        const present = new Set(rows.map(({ id }) => id))
        expect(acknowledged.filter((id: string) => !present.has(id))).toEqual([])
        expect(acknowledged.length).toBeGreaterThan(10)
        expect(codes['storage-failed']).toBeGreaterThan(0)
        expect(longestAway).toBeLessThan(2000)
      },
    )
  },
)
