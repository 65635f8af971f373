import { expect, test } from 'vitest'
import * as express from '../../adapters/express/index.js'
import * as fastify from '../../adapters/fastify/index.js'
import * as fetchMount from '../../adapters/fetch/index.js'
import * as koa from '../../adapters/koa/index.js'
import * as memory from '../../adapters/memory/index.js'
import * as sqlite from '../../adapters/sqlite/index.js'
import * as core from '../../src/index.js'
import * as testing from '../../src/testing/index.js'

const names = (module: object) => Object.keys(module).sort()

test('the public names are these, and a change of them is a decision', () => {
  expect(names(core)).toMatchInlineSnapshot(`
    [
      "CannotJoinTransactionError",
      "ClosedError",
      "CommitOutcomeUnknownError",
      "CopyCollisionError",
      "EmailTakenError",
      "IdTakenError",
      "InsideTransactionError",
      "InvalidCredentialsError",
      "InvalidInputError",
      "InvalidOptionsError",
      "InvalidSessionError",
      "MissingPeerError",
      "NewerSchemaError",
      "NotMigratedError",
      "SessionNotFoundError",
      "StorageConflict",
      "StorageFailedError",
      "StorageOpenError",
      "TooBusyError",
      "TransactionConflictError",
      "UserNotActiveError",
      "UserNotFoundError",
      "UserRefusedError",
      "UsersError",
      "WriteContentionError",
      "argon2id",
      "copyUsers",
      "createUsersService",
      "refuseCommonPasswords",
      "serviceEvents",
    ]
  `)
  expect(names(memory)).toMatchInlineSnapshot(`
    [
      "memoryStorage",
    ]
  `)
  expect(names(sqlite)).toMatchInlineSnapshot(`
    [
      "sqliteStorage",
    ]
  `)
  expect(names(express)).toMatchInlineSnapshot(`
    [
      "UnexpectedError",
      "apiKeys",
      "currentUser",
      "expressUsers",
      "generateApiKey",
      "requireUser",
      "signedIn",
    ]
  `)
  expect(names(fastify)).toMatchInlineSnapshot(`
    [
      "UnexpectedError",
      "apiKeys",
      "currentUser",
      "fastifyUsers",
      "generateApiKey",
      "requireUser",
      "signedIn",
    ]
  `)
  expect(names(fetchMount)).toMatchInlineSnapshot(`
    [
      "UnexpectedError",
      "apiKeys",
      "currentUser",
      "fetchUsers",
      "generateApiKey",
      "requireUser",
    ]
  `)
  expect(names(koa)).toMatchInlineSnapshot(`
    [
      "UnexpectedError",
      "apiKeys",
      "currentUser",
      "generateApiKey",
      "koaUsers",
      "requireUser",
      "signedIn",
    ]
  `)
  expect(names(testing)).toMatchInlineSnapshot(`
    [
      "createTestUsers",
      "httpContract",
      "insecureHasher",
      "storageContract",
    ]
  `)
})
