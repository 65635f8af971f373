import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type PostgresStorage, postgresStorage } from '../../../adapters/postgres/index.js'
import type { Change } from '../../../src/ports/storage.js'
import { createTestUsers } from '../../../src/testing/index.js'
import { aUserRecord } from '../../../src/testing/storage-contract/builders.js'
import { given, insertUser, replaceUser } from '../../../src/testing/storage-contract/changes.js'
import { userIds } from '../../../src/testing/storage-contract/walks.js'
import { type Cut, lineTo } from './cut-off.js'
import { newServerDatabase, serverDatabase, serverUrl, type TestDatabase } from './databases.js'

const ann = aUserRecord({ id: 'ann' })

describe.runIf(serverUrl)('on a server', () => {
  let database: TestDatabase
  let schema: string
  let storage: PostgresStorage

  beforeAll(() => {
    database = serverDatabase()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    schema = database.newSchema()
    storage = postgresStorage({ pool: database.pool }, { schema })
    await storage.migrate()
  })

  function processOf(file: string, ...args: string[]): ChildProcess {
    return fork(new URL(`../../processes/${file}`, import.meta.url), args, { execArgv: [] })
  }

  test('four processes that start at once set the tables up once, and each can write [B-110]', async () => {
    const fresh = database.newSchema()
    const ids = ['p1', 'p2', 'p3', 'p4']
    const children = ids.map((id) => processOf('postgres-migrate.mjs', serverUrl, fresh, id))
    await Promise.all(children.map((child) => once(child, 'message')))
    const ends = children.map((child) => once(child, 'exit'))
    for (const child of children) child.send('go')
    expect((await Promise.all(ends)).map(([code]) => code)).toEqual([0, 0, 0, 0])
    expect((await userIds(postgresStorage({ pool: database.pool }, { schema: fresh }))).toSorted()).toEqual(ids)
  })

  describe('backends that are killed under eight writers', () => {
    /** Ends connections of a process, and answers what they were doing. */
    async function kill(name: string, state: string): Promise<number> {
      const { rowCount } = await database.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and state = $2 limit 2`,
        [name, state],
      )
      return rowCount ?? 0
    }

    test.each(['pool', 'connectionString'])(
      'never end the process, lose nothing that was acknowledged, and are soon replaced (%s) [B-104, B-94]',
      async (kind) => {
        const url = new URL(serverUrl)
        const name = `rollbook_${process.pid}_${kind}`
        url.searchParams.set('application_name', name)
        const child = processOf('postgres-writers.mjs', url.href, schema, kind)
        const exit = once(child, 'exit')
        await once(child, 'message')
        const killed: Record<string, number> = { active: 0, 'idle in transaction': 0, idle: 0 }
        for (let round = 0; round < 60 || Object.values(killed).includes(0); round++) {
          // The idle ones between two requests of the host, the others in the middle of work.
          const state = ['active', 'idle in transaction', 'idle'][round % 3] ?? ''
          if (state === 'idle') {
            child.send('pause')
            await pause(30)
          }
          killed[state] = (killed[state] ?? 0) + (await kill(name, state))
          if (state === 'idle') child.send('go')
          await pause(10)
        }
        child.send('go')
        await pause(500)
        const result = once(child, 'message')
        child.send('stop')
        const [{ acknowledged, codes, longestAway }] = await result
        expect(await exit).toEqual([0, null])
        const present = new Set(
          (await database.pool.query(`select id from "${schema}".rollbook_users`)).rows.map(({ id }) => id),
        )
        expect(acknowledged.filter((id: string) => !present.has(id))).toEqual([])
        expect(acknowledged.length).toBeGreaterThan(20)
        expect(
          Object.keys(codes).filter(
            (code) => !['storage-failed', 'commit-outcome-unknown', 'email-taken'].includes(code),
          ),
        ).toEqual([])
        expect(longestAway).toBeLessThan(10_000)
      },
    )
  })

  describe('a wait that takes too long', () => {
    test.each([
      ['lock_timeout', '55P03'],
      ['statement_timeout', '57014'],
    ])('%s is told as a timeout, and the connection is used again [B-107, B-101]', async (setting, code) => {
      await given(storage, { users: [ann] })
      const pool = new Pool({ connectionString: serverUrl, max: 1, options: `-c ${setting}=150` })
      const impatient = postgresStorage({ pool }, { schema })
      const pidOf = async () => (await pool.query('select pg_backend_pid() as pid')).rows[0].pid
      const pid = await pidOf()
      const other = await database.pool.connect()
      await other.query(`begin; select from "${schema}".rollbook_users where id = 'ann' for update`)
      const changes = [replaceUser(ann, { name: 'new' }), replaceUser({ ...ann, version: 2 }, { name: 'newer' })]
      await expect(impatient.commit(changes)).rejects.toMatchObject({
        code: 'storage-failed',
        reason: 'timeout',
        cause: { code },
      })
      await other.query('rollback')
      other.release()
      expect(await pidOf()).toBe(pid)
      await impatient.commit(changes)
      expect((await storage.findUser({ id: 'ann' }))?.name).toBe('newer')
      await pool.end()
    })

    test.each<[string, Change]>([
      ['an update', replaceUser(ann, { name: 'new' })],
      ['a single entry', { op: 'appendActivity', activity: { id: 'e', event: 'x', at: new Date(), userId: 'ann' } }],
      ['the same address', insertUser(aUserRecord({ id: 'other', email: 'new@example.com' }))],
    ])(
      "%s beside the host's own transaction that has locked it ends with a timeout, not in a wait for each other [B-101]",
      async (_what, change) => {
        await given(storage, { users: [ann] })
        const client = await database.pool.connect()
        await client.query('begin')
        await storage.inTransaction(client).commit([insertUser(aUserRecord({ id: 'new', email: 'new@example.com' }))])
        await client.query(`select from "${schema}".rollbook_users where id = 'ann' for update`)
        await expect(storage.commit([change])).rejects.toMatchObject({ reason: 'timeout', cause: { code: '55P03' } })
        await client.query('commit')
        client.release()
        const { rows } = await database.pool.query("select current_setting('lock_timeout') as limit")
        expect(rows).toEqual([{ limit: '0' }])
      },
    )

    test("no free connection is told when the host's patience is over, and later calls work [B-106]", async () => {
      const pool = new Pool({ connectionString: serverUrl, max: 1, connectionTimeoutMillis: 150 })
      const crowded = postgresStorage({ pool }, { schema })
      const taken = await pool.connect()
      const failure = { code: 'storage-failed', reason: 'no-connection' }
      await expect(crowded.findUser({ id: 'ann' })).rejects.toMatchObject(failure)
      await expect(crowded.commit([replaceUser(ann)])).rejects.toMatchObject(failure)
      taken.release()
      expect(await crowded.findUser({ id: 'ann' })).toBeUndefined()
      await pool.end()
    })
  })

  describe('a server that cannot be used', () => {
    test.each([
      ['nobody listens', { port: '1' }, { code: 'storage-failed', reason: 'unreachable' }],
      ['no such host', { hostname: 'no-such-host.invalid' }, { code: 'storage-failed', reason: 'unreachable' }],
      ['no such database', { pathname: '/no_such_database' }, { code: 'storage-open-failed' }],
      ['no such user', { username: 'no_such_user' }, { code: 'storage-open-failed' }],
    ])('%s: every call says so, and close works', async (_what, change, expected) => {
      const connectionString = Object.assign(new URL(serverUrl), change).href
      const away = postgresStorage({ connectionString })
      await expect(away.findUser({ id: 'ann' })).rejects.toMatchObject(expected)
      await expect(away.migrate()).rejects.toMatchObject(expected)
      await away.close()
      await away.close()
      await expect(away.findUser({ id: 'ann' })).rejects.toMatchObject({ code: 'closed' })
    })
  })

  test('a database user who may make no tables uses those that are there', async () => {
    await given(storage, { users: [ann] })
    const role = `${schema}_user`
    await database.pool.query(`create role "${role}";
      grant usage on schema "${schema}" to "${role}"; grant select on all tables in schema "${schema}" to "${role}"`)
    const connectionString = Object.assign(new URL(serverUrl), { search: `?options=-c%20role%3D${role}` }).href
    const humble = postgresStorage({ connectionString }, { schema })
    expect(await userIds(humble)).toEqual(['ann'])
    await expect(humble.commit([replaceUser(ann)])).rejects.toMatchObject({ code: 'storage-open-failed' })
    await humble.close()
    await database.pool.query(`drop owned by "${role}"; drop role "${role}"`)
  })

  test('a database that cannot hold every name is refused at the set-up', async () => {
    const latin = await newServerDatabase("encoding 'LATIN1' locale 'C'")
    onTestFinished(latin.close)
    await expect(postgresStorage({ pool: latin.pool }).migrate()).rejects.toMatchObject({
      code: 'storage-open-failed',
      message: expect.stringContaining('LATIN1'),
    })
  })

  describe('a line that is cut at the commit', () => {
    test.each<Cut>(['before', 'after'])(
      'createUser makes the user once all the same (%s the server hears it) [B-105]',
      async (cut) => {
        const line = await lineTo(serverUrl)
        const cutOff = postgresStorage({ connectionString: line.url }, { schema })
        const { users, events } = createTestUsers({ storage: cutOff })
        await users.listUsers()
        line.cutAtNextCommit(cut)
        const user = await users.createUser({ email: 'ada@example.com', password: 'correct horse' })
        expect(await users.getUser(user.id)).toEqual(user)
        expect(await userIds(storage)).toEqual([user.id])
        expect((await users.getUserLogs(user.id)).items).toHaveLength(1)
        await users.close()
        expect(events.map(({ event }) => event)).toEqual(['user.created'])
        await line.close()
      },
    )

    test.each<[Cut, string]>([
      ['before', ''],
      ['after', 'Ann'],
    ])('any other change says that its outcome is unknown (%s) [B-105]', async (cut, name) => {
      await given(storage, { users: [ann] })
      const line = await lineTo(serverUrl)
      const { users } = createTestUsers({ storage: postgresStorage({ connectionString: line.url }, { schema }) })
      await users.listUsers()
      line.cutAtNextCommit(cut)
      await expect(users.updateUserName('ann', { name: 'Ann' })).rejects.toMatchObject({
        code: 'commit-outcome-unknown',
      })
      await expect.poll(async () => (await users.getUser('ann')).name).toBe(name)
      await users.close()
      await line.close()
    })
  })
})
