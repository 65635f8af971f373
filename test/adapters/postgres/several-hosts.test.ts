import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { Client, Pool } from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connectionStringsOf } from '../../../adapters/postgres/connection/primary-pool.js'
import { postgresStorage } from '../../../adapters/postgres/index.js'
import { createTestUsers } from '../../../src/testing/index.js'
import { serverUrl } from './databases.js'
import { canMakeServers, freePort, ownServer, standbyOf } from './own-server.js'

describe('a connection string', () => {
  test.each([
    ['postgres://localhost/app', ['postgres://localhost/app']],
    [
      'postgres://me:a,b@db1:5432,db2/app?sslmode=require',
      ['postgres://me:a,b@db1:5432/app?sslmode=require', 'postgres://me:a,b@db2/app?sslmode=require'],
    ],
    ['postgres://me@db1, db2:5/app', ['postgres://me@db1/app', 'postgres://me@db2:5/app']],
    ['postgres://[::1]:5,[::2]', ['postgres://[::1]:5', 'postgres://[::2]']],
    ['postgres:///app?options=a,b', ['postgres:///app?options=a,b']],
    ['/var/run/postgresql app', ['/var/run/postgresql app']],
  ])('%s names these servers [B-134]', (given, expected) => {
    expect(connectionStringsOf(given)).toEqual(expected)
  })

  test.each([
    'postgres://me@db1,/app',
    'postgres://,db2/app',
    'postgres://db1,:5432/app',
    'postgres://db1,db2:x/app',
    'postgres:///app?host=db1,db2&port=1,2',
    'postgres://db1/app?a=b&host=db2%2Cdb3',
  ])('%s is refused when the storage is made [B-134]', (connectionString) => {
    expect(() => postgresStorage({ connectionString })).toThrow(expect.objectContaining({ code: 'invalid-options' }))
  })
})

type Server = Awaited<ReturnType<typeof ownServer>>

describe.runIf(serverUrl && canMakeServers)('a primary and a standby that it waits for', () => {
  let primary: Server
  let standby: Server
  let deadAddress: string

  beforeEach(async () => {
    primary = await ownServer()
    standby = await standbyOf(primary.url, 'rollbook_standby')
    deadAddress = `127.0.0.1:${await freePort()}`
    await onPrimary(`alter system set synchronous_standby_names = 'rollbook_standby'`)
    await onPrimary('select pg_reload_conf()')
  }, 120_000)
  afterEach(() => {
    standby.stop()
    primary.stop()
  })

  async function on(server: Server, sql: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: server.url })
    await client.connect()
    try {
      return (await client.query(sql)).rows
    } finally {
      await client.end()
    }
  }
  const onPrimary = (sql: string) => on(primary, sql)
  const urlOf = (...addresses: string[]) => `postgres://postgres@${addresses.join(',')}/postgres`

  test('are told apart: what is dead or read-only is left, in whatever order they are named [B-134]', async () => {
    for (const addresses of [
      [deadAddress, standby.address, primary.address],
      [primary.address, standby.address],
    ]) {
      const storage = postgresStorage({ connectionString: urlOf(...addresses) })
      const { users } = createTestUsers({ storage })
      const { id } = await users.createUser({ email: `${addresses.length}@example.com` })
      expect((await users.getUser(id)).id).toBe(id)
      await users.close()
    }
    const none = postgresStorage({ connectionString: urlOf(deadAddress, standby.address) })
    await expect(none.findUser({ id: 'ann' })).rejects.toMatchObject({ code: 'storage-failed', reason: 'read-only' })
    await none.close()
    await expect(none.findUser({ id: 'ann' })).rejects.toMatchObject({ code: 'closed' })
    const dead = postgresStorage({ connectionString: urlOf(deadAddress, deadAddress) })
    await expect(dead.findUser({ id: 'ann' })).rejects.toMatchObject({ code: 'storage-failed', reason: 'unreachable' })
    await dead.close()
  })

  test('the standby takes over under eight writers, who lose nothing and need no restart [B-134]', async () => {
    const url = urlOf(primary.address, standby.address)
    const writers = new URL('../../processes/postgres-writers.mjs', import.meta.url)
    const child = fork(writers, [url, 'app', 'connectionString'], { execArgv: [] })
    const exit = once(child, 'exit')
    await once(child, 'message')
    const count = async (server: Server) =>
      Number((await on(server, 'select count(*) from app.rollbook_users').catch(() => []))[0]?.['count'] ?? 0)
    await expect.poll(() => count(primary), { timeout: 20_000 }).toBeGreaterThan(20)
    primary.kill()
    standby.promote()
    child.send('go')
    const before = await count(standby)
    await expect.poll(() => count(standby), { timeout: 20_000 }).toBeGreaterThan(before + 20)
    const result = once(child, 'message')
    child.send('stop')
    const [{ acknowledged, codes, longestAway }] = await result
    expect(await exit).toEqual([0, null])
    const present = new Set((await on(standby, 'select id from app.rollbook_users')).map(({ id }) => id))
    expect(acknowledged.filter((id: string) => !present.has(id))).toEqual([])
    const known = ['storage-failed', 'commit-outcome-unknown', 'email-taken', 'id-taken']
    expect(Object.keys(codes).filter((code) => !known.includes(code))).toEqual([])
    expect(longestAway).toBeLessThan(10_000)
  })

  test('a user whose commit was lost is acknowledged when the standby has it, and not before [B-135]', async () => {
    const pool = new Pool({ connectionString: primary.url })
    const storage = postgresStorage({ pool }, { schema: 'app' })
    await storage.migrate()
    const { users } = createTestUsers({ storage })
    standby.halt()
    const created = users.createUser({ email: 'ada@example.com' })
    let isAcknowledged = false
    created.then(
      () => {
        isAcknowledged = true
      },
      () => {},
    )
    const waiting = async () =>
      (await onPrimary("select pid from pg_stat_activity where wait_event = 'SyncRep'")).map(({ pid }) => Number(pid))
    await expect.poll(waiting, { timeout: 10_000 }).toHaveLength(1)
    const [first] = await waiting()
    await onPrimary(`select pg_terminate_backend(${first})`)
    // The user can be read by now, and a second commit waits for the standby.
    await expect.poll(async () => (await waiting()).filter((pid) => pid !== first), { timeout: 10_000 }).toHaveLength(1)
    expect(await onPrimary('select email from app.rollbook_users')).toEqual([{ email: 'ada@example.com' }])
    await pause(100)
    expect(isAcknowledged).toBe(false)
    standby.start()
    const { id } = await created
    primary.kill()
    standby.promote()
    expect(await on(standby, 'select id from app.rollbook_users')).toEqual([{ id }])
    await pool.end()
  })
})
