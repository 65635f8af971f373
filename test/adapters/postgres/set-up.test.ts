import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type PostgresStorage, type PostgresStorageOptions, postgresStorage } from '../../../adapters/postgres/index.js'
import { InvalidOptionsError, NewerSchemaError, NotMigratedError, StorageOpenError } from '../../../src/errors/index.js'
import { aQuery, someUsers } from '../../../src/testing/storage-contract/builders.js'
import { given } from '../../../src/testing/storage-contract/changes.js'
import { userIds } from '../../../src/testing/storage-contract/walks.js'
import { pgliteDatabase, type TestDatabase } from './databases.js'

let database: TestDatabase
let schema: string

beforeAll(async () => {
  database = await pgliteDatabase({ trigrams: true })
})
afterAll(() => database.close())
beforeEach(async () => {
  schema = database.newSchema()
  await sql(`create schema "${schema}"`)
})

async function sql(text: string): Promise<object[]> {
  return (await database.pool.query(text)).rows
}

function storageOf(options: PostgresStorageOptions = { schema }): PostgresStorage {
  return postgresStorage({ pool: database.pool }, options)
}

describe("on a host's pool", () => {
  test('every call says that the tables are not there, until migrate was called', async () => {
    const storage = storageOf()
    await expect(storage.findUser({ id: 'ann' })).rejects.toThrow(NotMigratedError)
    await expect(storage.commit([])).resolves.toBeUndefined()
    await expect(given(storage, { users: someUsers(1) })).rejects.toThrow(NotMigratedError)
    await storage.migrate()
    await given(storage, { users: someUsers(1) })
    expect(await userIds(storage)).toEqual(['u0000'])
  })

  test('migrate may be called again, by another storage, and at the same time [B-110]', async () => {
    const storages = [storageOf(), storageOf(), storageOf()]
    await Promise.all(storages.flatMap((storage) => [storage.migrate(), storage.migrate()]))
    const [first = storageOf(), second = storageOf()] = storages
    await given(first, { users: someUsers(1) })
    await second.migrate()
    expect(await userIds(second)).toEqual(['u0000'])
    expect(await sql(`select count(*)::int as count from "${schema}".rollbook_migrations`)).toEqual([{ count: 3 }])
  })

  test('close leaves the pool open, and refuses what comes through the storage [B-109]', async () => {
    const storage = storageOf()
    await storage.migrate()
    await storage.close()
    await storage.close()
    await expect(userIds(storage)).rejects.toMatchObject({ code: 'closed' })
    expect(await userIds(storageOf())).toEqual([])
  })

  test('migrate makes the schema that is not there', async () => {
    await sql(`drop schema "${schema}"`)
    await storageOf().migrate()
    expect(await userIds(storageOf())).toEqual([])
  })

  test('two prefixes and two schemas are separate lists of users', async () => {
    const other = database.newSchema()
    const storages = [storageOf(), storageOf({ schema, prefix: 'guests_' }), storageOf({ schema: other })]
    for (const [index, storage] of storages.entries()) {
      await storage.migrate()
      await given(storage, { users: someUsers(1, index) })
    }
    expect(await Promise.all(storages.map((storage) => userIds(storage)))).toEqual([['u0000'], ['u0001'], ['u0002']])
  })

  test('a schema whose name begins like our tables is a schema like others', async () => {
    const storage = storageOf({ schema: 'rollbook_people', prefix: 'app_' })
    await storage.migrate()
    await given(storage, { users: someUsers(2) })
    expect(await userIds(storage)).toEqual(['u0000', 'u0001'])
    expect(await sql("select relname from pg_class where relname = 'app_users' and relkind = 'r'")).toHaveLength(1)
    await sql('drop schema rollbook_people cascade')
  })

  test('without a schema the tables are where the connection looks first', async () => {
    await sql(`set search_path = "${schema}", public`)
    const storage = storageOf({})
    await storage.migrate()
    await given(storage, { users: someUsers(1) })
    await sql('set search_path = public')
    expect(await userIds(storageOf())).toEqual(['u0000'])
  })
})

describe('a database that cannot be used is told, with the cure, and stays as it was', () => {
  test("somebody else's table of users [B-110]", async () => {
    await sql(`create table "${schema}".rollbook_users (name text)`)
    const error = await storageOf()
      .migrate()
      .catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(StorageOpenError)
    expect(error).toHaveProperty('message', expect.stringContaining('choose another prefix or schema'))
    const tables = await sql(`select tablename from pg_tables where schemaname = '${schema}'`)
    expect(tables).toEqual([{ tablename: 'rollbook_users' }])
  })

  test("somebody else's table of migrations [B-110]", async () => {
    await sql(`create table "${schema}".rollbook_migrations (id text primary key, ran_at text)`)
    await expect(storageOf().migrate()).rejects.toThrow('choose another prefix')
  })

  test('tables of a newer version, at migrate and at the first call [B-110]', async () => {
    await storageOf().migrate()
    await sql(`insert into "${schema}".rollbook_migrations values ('9999-from-the-future', 0, 1)`)
    await expect(storageOf().migrate()).rejects.toThrow(NewerSchemaError)
    await expect(storageOf().findUser({ id: 'ann' })).rejects.toThrow(/"9999-from-the-future".*install a newer/)
  })

  test('a user without the right to make tables', async () => {
    await sql(`create role nobody_${process.pid}`)
    await sql(`set role nobody_${process.pid}`)
    const error = await storageOf()
      .migrate()
      .catch((reason: unknown) => reason)
    await sql('reset role')
    expect(error).toBeInstanceOf(StorageOpenError)
    expect(error).toHaveProperty('message', expect.stringContaining('grant it the right'))
  })
})

describe('the search index', () => {
  const indexes = () =>
    sql(`select indexdef from pg_indexes where schemaname = '${schema}' and indexname like '%search'`)

  test('is made when the extension can be, and used by a search', async () => {
    const storage = storageOf()
    await storage.migrate()
    expect(await indexes()).toEqual([{ indexdef: expect.stringContaining('gin_trgm_ops') }])
    await given(storage, { users: someUsers(20) })
    await sql('set enable_seqscan = off')
    const plan = await sql(`explain select seq from "${schema}".rollbook_users where search_text like '%u0007%'`)
    await sql('reset enable_seqscan')
    expect(JSON.stringify(plan)).toContain('rollbook_users_search')
  })

  test('is made although the extension is where the connection does not look', async () => {
    await sql('drop extension if exists pg_trgm cascade; create schema "Else where"')
    await sql('create extension pg_trgm schema "Else where"')
    await storageOf().migrate()
    expect(await indexes()).toHaveLength(1)
    await sql('drop extension pg_trgm cascade; drop schema "Else where"')
  })
})

describe('without the extension', () => {
  let plain: TestDatabase
  beforeAll(async () => {
    plain = await pgliteDatabase({ trigrams: false })
  })
  afterAll(() => plain.close())

  test('the set-up says so once, with the cure, and a search finds the same', async () => {
    const warnings = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const storage = postgresStorage({ pool: plain.pool })
    await storage.migrate()
    await given(storage, { users: someUsers(20) })
    expect(await storage.listUsers(aQuery({ match: 'u0007@', total: 'exact' }))).toMatchObject({
      items: [{ id: 'u0007' }],
      total: 1,
    })
    expect(warnings.mock.calls).toEqual([[expect.stringContaining('"create extension pg_trgm"'), 'RollbookWarning']])
    warnings.mockRestore()
  })
})

describe('an option that cannot be meant is refused by name', () => {
  const pool = { connect: () => Promise.reject(new Error('unused')) }
  const connectionString = 'postgres://localhost/test'

  test.each([
    ['a typo', { pool }, { prefx: 'a_' }, 'prefx is not an option: schema, prefix and prepare are'],
    ['a typo beside a pool', { pool, max: 3 }, {}, 'max is not an option: pool takes no other options'],
    ['a typo beside a text', { connectionString, maks: 3 }, {}, 'maks is not an option: with connectionString'],
    ['a schema in capitals', { pool }, { schema: 'App' }, 'schema must be'],
    ['a schema with a quote', { pool }, { schema: 'a"b' }, 'schema must be'],
    ['a schema of the server', { pool }, { schema: 'pg_mine' }, 'schema must'],
    ['a schema that is no text', { pool }, { schema: null }, 'schema must be'],
    ['a prefix with a quote', { pool }, { prefix: "a'b" }, 'prefix must be'],
    ['an empty prefix', { pool }, { prefix: '' }, 'prefix must be'],
    ['a prefix that is too long', { pool }, { prefix: `a${'b'.repeat(31)}` }, 'prefix must be'],
    ['no connections', { connectionString, max: 0 }, {}, 'max must be'],
    ['half a connection', { connectionString, max: 1.5 }, {}, 'max must be'],
    ['an empty text', { connectionString: ' ' }, {}, 'connectionString must be'],
    ['no text', { connectionString: undefined }, {}, 'connectionString must be'],
    ['no pool', { pool: undefined }, {}, 'pool must be'],
    ['a client for a pool', { pool: { ...pool, connectionParameters: {} } }, {}, 'pool must be'],
    ['nothing', undefined, {}, 'give { pool } or { connectionString }'],
    ['a text', connectionString, {}, 'give { pool } or { connectionString }'],
    ['an empty object', {}, {}, 'give a transaction of Kysely, or a client'],
  ])('%s', (_what, given_, options, message) => {
    const refused = () => postgresStorage(given_ as { pool: typeof pool }, options as PostgresStorageOptions)
    expect(refused).toThrow(InvalidOptionsError)
    expect(refused).toThrow(`postgresStorage: ${message}`)
  })

  test('a connection string that cannot be read, without showing the password in it', () => {
    const secret = 'hunter2'
    try {
      postgresStorage({ connectionString: `postgres://me:${secret}@host:port:port/x` })
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidOptionsError)
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(secret)
    }
  })
})
