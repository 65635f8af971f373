import { describe, expect, test } from 'vitest'
import { expressUsers, type RequireUserOptions, requireUser } from '../../adapters/express/index.js'
import { memoryStorage } from '../../adapters/memory/index.js'
import type { PostgresDatabase, PostgresStorageOptions } from '../../adapters/postgres/index.js'
import { postgresStorage } from '../../adapters/postgres/index.js'
import { type SqliteStorageOptions, sqliteStorage } from '../../adapters/sqlite/index.js'
import { type ApiKey, apiKeys } from '../../src/http/api-keys.js'
import type { UsersHttpOptions } from '../../src/http/options.js'
import {
  argon2id,
  type Caller,
  type CallOptions,
  type CopyUsersOptions,
  copyUsers,
  createUsersService,
  type DescribeClient,
  type IterateUsersQuery,
  type ListUsersQuery,
  type NewUser,
  type SweepOptions,
  type UsersService,
  type UsersServiceOptions,
  type UsersStorage,
} from '../../src/index.js'
import { createTestUsers, type TestUsersOptions } from '../../src/testing/index.js'

/** The names of the optional fields that refuse `undefined`, which `exactOptionalPropertyTypes` tells apart. */
type Refusing<T> = T extends object
  ? {
      [Field in keyof T & string]-?: Partial<Pick<T, Field>> extends Pick<T, Field>
        ? Record<Field, undefined> extends Pick<T, Field>
          ? never
          : Field
        : never
    }[keyof T & string]
  : never

/** Compiles only for a type without such a field. */
function refusesNothing<T>(...refusing: [Refusing<T>] extends [never] ? [] : [never, Refusing<T>]): number {
  return refusing.length
}

type Options = UsersServiceOptions
type Description = ReturnType<DescribeClient>
const postgres = { schema: undefined, prefix: undefined }
const everyField = { email: 'ada@example.com', password: undefined, name: undefined, id: undefined, status: undefined }

test('the types of all input take undefined for what is optional [B-129]', () => {
  const checked = [
    refusesNothing<Options>(),
    ...[refusesNothing<Options['sessions']>(), refusesNothing<Options['hashing']>()],
    ...[refusesNothing<Options['passwordPolicy']>(), refusesNothing<UsersStorage>()],
    ...[refusesNothing<CallOptions>(), refusesNothing<Caller>(), refusesNothing<NewUser>()],
    ...[refusesNothing<ListUsersQuery>(), refusesNothing<IterateUsersQuery>(), refusesNothing<SweepOptions>()],
    refusesNothing<Parameters<UsersService['recordUserActivity']>[1]>(),
    ...[refusesNothing<CopyUsersOptions>(), refusesNothing<Parameters<typeof argon2id>[0]>()],
    ...[refusesNothing<Description>(), refusesNothing<Description['os']>()],
    ...[refusesNothing<Description['client']>(), refusesNothing<Description['device']>()],
    ...[refusesNothing<SqliteStorageOptions>(), refusesNothing<PostgresStorageOptions>()],
    refusesNothing<PostgresDatabase>(),
    ...[refusesNothing<UsersHttpOptions>(), refusesNothing<RequireUserOptions>(), refusesNothing<ApiKey>()],
    refusesNothing<TestUsersOptions>(),
  ]
  expect(new Set(checked)).toEqual(new Set([0]))
})

describe('at run time undefined is absent', () => {
  test('for the options of the service [B-129]', () => {
    const options: Required<{ [Field in keyof Options]: Options[Field] | undefined }> = {
      storage: memoryStorage(),
      ...{ passwords: undefined, passwordPolicy: undefined, beforeCreate: undefined, hashing: undefined },
      ...{ sessions: undefined, now: undefined, newId: undefined, describeClient: undefined, locate: undefined },
      ...{ onEvent: undefined, logger: undefined, closeTimeoutMs: undefined },
    }
    expect(() => createUsersService({ ...options, storage: memoryStorage() })).not.toThrow()
    const deep = {
      sessions: { lifetimeMs: undefined, idleTimeoutMs: undefined, maxPerUser: undefined },
      hashing: { concurrency: undefined, maxWaiting: undefined },
      passwordPolicy: { minLength: undefined, refuse: undefined },
    }
    expect(() => createUsersService({ storage: memoryStorage(), ...deep })).not.toThrow()
    expect(() => argon2id({ memoryCost: undefined, timeCost: undefined, parallelism: undefined })).not.toThrow()
  })

  test('for the options of storages, mounts and tests [B-129]', async () => {
    const storage = sqliteStorage(':memory:', { prefix: undefined, synchronous: undefined })
    await storage.close()
    const connectionString = 'postgres://127.0.0.1:1/nobody'
    await postgresStorage({ connectionString, max: undefined, queryTimeoutMs: undefined }, postgres).close()
    const { users } = createTestUsers({
      now: undefined,
      seed: undefined,
      storage: undefined,
      passwords: undefined,
      newId: undefined,
    })
    const authorize = apiKeys([{ key: 'a-key', name: undefined, scopes: undefined }])
    const mount = { prefix: undefined, rateLimiter: undefined, openapi: undefined, logger: undefined }
    expect(() => expressUsers({ users, authorize, ...mount })).not.toThrow()
    expect(() => requireUser({ users, cookie: undefined, onUnauthorized: undefined, logger: undefined })).not.toThrow()
    await copyUsers(memoryStorage(), memoryStorage(), { onProgress: undefined, signal: undefined })
  })

  test('for the input of every call [B-129]', async () => {
    const { users, aUser, aCaller } = createTestUsers()
    const by = { actor: undefined, ip: undefined, userAgent: undefined }
    const { id } = await users.createUser(
      { ...everyField, emailVerified: undefined, prefs: undefined },
      { by, signal: undefined },
    )
    const range = { limit: undefined, offset: undefined, after: undefined, total: undefined }
    expect(
      (await users.listUsers({ ...range, search: undefined, order: undefined }, { by: undefined })).items,
    ).toHaveLength(1)
    const walked: string[] = []
    for await (const user of users.iterateUsers({ search: undefined, order: undefined, pageSize: undefined }))
      walked.push(user.id)
    expect(walked).toEqual([id])
    await users.recordUserActivity(id, { event: 'invoice.paid', details: undefined }, { by })
    const { session } = await users.createUserSession(id, { by })
    for (const field of ['ip', 'userAgent']) expect(session).not.toHaveProperty(field)
    expect((await users.getUserSessions(id, range)).items).toHaveLength(1)
    const logs = await users.getUserLogs(id, range)
    expect(logs.items).toHaveLength(3)
    for (const entry of logs.items) expect(Object.values(entry)).not.toContain(undefined)
    await expect(users.sweep({ activityBefore: undefined }, undefined)).resolves.toEqual({
      sessions: 0,
      tokens: 0,
      activity: 0,
    })
    expect(aUser({ email: undefined, password: undefined })).toMatchObject({
      email: expect.any(String),
      password: expect.any(String),
    })
    expect(aCaller(by)).toMatchObject({ ip: expect.any(String), userAgent: expect.any(String) })
  })
})
