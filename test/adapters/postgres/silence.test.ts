import { setTimeout as pause } from 'node:timers/promises'
import { Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { postgresStorage } from '../../../adapters/postgres/index.js'
import { ClosedError, createUsersService, type UsersServiceOptions } from '../../../src/index.js'
import { insecureHasher } from '../../../src/testing/index.js'
import { aSession, at, aUserRecord } from '../../../src/testing/storage-contract/builders.js'
import { deleteUser, given, replaceUser } from '../../../src/testing/storage-contract/changes.js'
import { pgliteDatabase, serverDatabase, serverUrl, type TestDatabase } from './databases.js'
import { silentLineTo } from './silent-line.js'

const quiet = { warn: () => {}, error: () => {} }

/** What a server must not be able to do by saying nothing, over one connection. */
function lawsOn(open: () => Promise<TestDatabase> | TestDatabase): void {
  let database: TestDatabase
  let schema: string
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    schema = database.newSchema()
    const storage = postgresStorage({ pool: database.pool }, { schema })
    await storage.migrate()
    await given(storage, { users: [aUserRecord({ id: 'ada', email: 'ada@example.com' })] })
  })

  async function setUp(
    { queryTimeoutMs, max = 1 }: { queryTimeoutMs?: number; max?: number },
    options?: Partial<UsersServiceOptions>,
  ) {
    const line = await silentLineTo(database.url)
    onTestFinished(() => line.close())
    const storage = postgresStorage(
      { connectionString: line.url, max, ...(queryTimeoutMs !== undefined && { queryTimeoutMs }) },
      { schema },
    )
    const users = createUsersService({ storage, passwords: insecureHasher(), logger: quiet, ...options })
    onTestFinished(() => users.close())
    await users.getUser('ada')
    return { line, storage, users }
  }

  test('a read ends, typed, and works again when the server does [B-138]', async () => {
    const { line, users } = await setUp({ queryTimeoutMs: 200 })
    line.silence()
    await expect(users.getUser('ada')).rejects.toMatchObject({ code: 'storage-failed', reason: 'timeout' })
    line.speak()
    await expect(users.getUser('ada')).resolves.toMatchObject({ id: 'ada' })
  })

  test('a change whose statements are not answered was not made [B-138]', async () => {
    const { line, users } = await setUp({ queryTimeoutMs: 200 })
    line.silence()
    const change = users.updateUserName('ada', { name: 'new' })
    await expect(change).rejects.toMatchObject({ code: 'storage-failed', reason: 'timeout' })
    line.speak()
    await expect(users.getUser('ada')).resolves.toMatchObject({ name: '' })
  })

  test('a commit that is not answered has an unknown outcome, and its connection serves nobody else [B-138]', async () => {
    const { line, users } = await setUp({ queryTimeoutMs: 200 })
    const [lost] = line.clients
    line.silenceAtCommit()
    const change = users.updateUserName('ada', { name: 'new' })
    await expect(change).rejects.toMatchObject({ code: 'commit-outcome-unknown' })
    line.speak()
    await expect(users.updateUserName('ada', { name: 'newer' })).resolves.toMatchObject({ name: 'newer' })
    expect(lost && line.clients.has(lost)).toBe(false)
  })

  test('changes of one user that wait behind each other are not given up one after another [B-138]', async () => {
    const { line, users } = await setUp({ queryTimeoutMs: 5500 })
    line.silence()
    const start = performance.now()
    const changes = Array.from({ length: 4 }, (_, n) => users.updateUserName('ada', { name: `n${n}` }))
    for (const { status } of await Promise.allSettled(changes)) expect(status).toBe('rejected')
    expect(performance.now() - start).toBeLessThan(15_000)
  }, 60_000)

  test.each([
    ['read', 'getUser'],
    ['change', 'updateUserName'],
  ])('a %s ends at once when its signal says so [B-136]', async (_, name) => {
    const { line, users } = await setUp({}, { closeTimeoutMs: 200 })
    line.silence()
    const options = { signal: AbortSignal.timeout(50) }
    const call =
      name === 'getUser' ? users.getUser('ada', options) : users.updateUserName('ada', { name: 'x' }, options)
    await expect(call).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  test('close ends in its time, tells who waits, and leaves no connection behind [B-137]', async () => {
    const { line, users } = await setUp({}, { closeTimeoutMs: 300 })
    line.silence()
    const told = Promise.all(
      ['getUser', 'getUserPrefs'].map((name) =>
        expect(Reflect.apply(Reflect.get(users, name), users, ['ada'])).rejects.toThrow(ClosedError),
      ),
    )
    const start = performance.now()
    await users.close()
    expect(performance.now() - start).toBeLessThan(2000)
    await told
    await expect.poll(() => line.clients.size, { timeout: 3000 }).toBe(0)
  })

  test('close does not wait for a server to hang up that says nothing [B-137]', async () => {
    const { line, users } = await setUp({})
    line.silence()
    const start = performance.now()
    await users.close()
    expect(performance.now() - start).toBeLessThan(2000)
    await expect.poll(() => line.clients.size, { timeout: 3000 }).toBe(0)
  })

  test("on a pool of the host's, whose limits are its own, signal and close hold too [B-136, B-137]", async () => {
    const line = await silentLineTo(database.url)
    onTestFinished(() => line.close())
    const pool = new Pool({ connectionString: line.url, max: 1 })
    const users = createUsersService({
      storage: postgresStorage({ pool }, { schema }),
      passwords: insecureHasher(),
      logger: quiet,
      closeTimeoutMs: 200,
    })
    await users.getUser('ada')
    line.silence()
    const signal = AbortSignal.timeout(50)
    await expect(users.getUser('ada', { signal })).rejects.toMatchObject({ name: 'TimeoutError' })
    const told = expect(users.getUser('ada')).rejects.toThrow(ClosedError)
    await users.close()
    await told
  })
}

describe('a server that says nothing', () => {
  lawsOn(() => (serverUrl ? serverDatabase() : pgliteDatabase({ trigrams: false })))
})

describe.runIf(serverUrl)('a server that works for longer than a statement may take', () => {
  let database: TestDatabase
  beforeAll(() => {
    database = serverDatabase()
  })
  afterAll(() => database.close())

  async function impatientStorage() {
    const schema = database.newSchema()
    const storage = postgresStorage({ connectionString: serverUrl, max: 2, queryTimeoutMs: 300 }, { schema })
    onTestFinished(() => storage.close())
    return { schema, storage }
  }

  /** Makes each deletion in a table take this long. */
  async function slowDown(schema: string, table: string, seconds: number): Promise<void> {
    await database.pool.query(`
      create function "${schema}".slowly() returns trigger language plpgsql as
        $$ begin perform pg_sleep(${seconds}); return null; end $$;
      create trigger slow before delete on "${schema}".${table} for each statement execute function "${schema}".slowly()`)
  }

  test('is waited for while it sweeps and while it deletes a user [B-138]', async () => {
    const { schema, storage } = await impatientStorage()
    const ann = aUserRecord({ id: 'ann' })
    await given(storage, { users: [ann], sessions: [aSession({ id: 's1', expiresAt: at(1) }), aSession({ id: 's2' })] })
    await slowDown(schema, 'rollbook_sessions', 0.6)
    await expect(storage.sweep({ expiredAt: at(2), limit: 10 })).resolves.toMatchObject({ deleted: { sessions: 1 } })
    await storage.commit([deleteUser(ann)])
    expect(await storage.findUser({ id: 'ann' })).toBeUndefined()
  })

  test('is waited for while it migrates [B-138]', async () => {
    const { schema, storage } = await impatientStorage()
    const other = await database.pool.connect()
    await other.query(`select pg_advisory_lock(hashtext('"${schema}".rollbook_migrations'))`)
    const { rows } = await other.query(`select hashtext('x') is not null as is_held`)
    expect(rows).toEqual([{ is_held: true }])
    const migrating = storage.migrate()
    await pause(600)
    await other.query('select pg_advisory_unlock_all()')
    other.release()
    await migrating
    expect(await storage.findUser({ id: 'ann' })).toBeUndefined()
  })

  test('is not waited for in any other change, and nothing of that is made [B-138]', async () => {
    const { schema, storage } = await impatientStorage()
    const ann = aUserRecord({ id: 'ann' })
    await given(storage, { users: [ann] })
    const other = await database.pool.connect()
    await other.query(`begin; select from "${schema}".rollbook_users where id = 'ann' for update`)
    const change = storage.commit([replaceUser(ann, { name: 'new' })])
    await expect(change).rejects.toMatchObject({ code: 'storage-failed', reason: 'timeout' })
    await other.query('rollback')
    other.release()
    expect(await storage.findUser({ id: 'ann' })).toEqual(ann)
  })
})
