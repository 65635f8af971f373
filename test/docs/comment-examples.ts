import { membersOf } from './declarations.js'
import { type EntryPoint, entryPoints } from './reference.js'

// What an example may speak of without having made it.
const surroundings = `
import { tracingChannel } from 'node:diagnostics_channel'
import type { Kysely, ControlledTransaction } from 'kysely'
import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { Pool } from 'pg'
import * as rollbook from 'rollbook'
import { memoryStorage } from 'rollbook/memory'
import { postgresStorage } from 'rollbook/postgres'
import { sqliteStorage } from 'rollbook/sqlite'
import { createTestUsers, httpContract, storageContract } from 'rollbook/testing'
const { argon2id, copyUsers, createUsersService, refuseCommonPasswords, UsersError } = rollbook
type PasswordHasher = rollbook.PasswordHasher
type OperationTrace = rollbook.OperationTrace
type CommittedActivity<Name extends string = never> = rollbook.CommittedActivity<Name>
declare const users: rollbook.UsersService
declare const ada: rollbook.User
declare const storage: rollbook.UsersStorage
declare function myStorage(file?: string): rollbook.UsersStorage
declare const transaction: ControlledTransaction<{ invoices: { owner: string } }>
declare const pool: Pool
declare const connectionString: string
declare const key: string
declare const secret: string
declare function isOld(hash: string): boolean
declare function matchesOld(hash: string, password: string): boolean
`

const mounts: Readonly<Record<string, string>> = {
  'rollbook/express': `
import express from 'express'
import { apiKeys, currentUser, expressUsers, generateApiKey, requireUser, signedIn } from 'rollbook/express'
declare const app: express.Express
`,
  'rollbook/testing': `
import express from 'express'
import { expressUsers } from 'rollbook/express'
import { insecureHasher, type TestUsers } from 'rollbook/testing'
const { StorageFailedError } = rollbook
declare const failNext: TestUsers['failNext'], seedUsers: TestUsers['seedUsers']
declare const aUser: TestUsers['aUser'], aCaller: TestUsers['aCaller']
declare const login: { email: string; password: string }
`,
  'rollbook/koa': `
import { apiKeys, currentUser, generateApiKey, koaUsers, type KoaContext, requireUser, signedIn } from 'rollbook/koa'
type Middleware<Context> = (ctx: Context, next: () => Promise<unknown>) => unknown
declare const router: { get(path: string, first: Middleware<KoaContext>, last?: Middleware<KoaContext & { body: unknown }>): void }
`,
  'rollbook/fastify': `
import { fastify } from 'fastify'
import { apiKeys, currentUser, fastifyUsers, generateApiKey, requireUser, signedIn } from 'rollbook/fastify'
const app = fastify()
`,
  'rollbook/fetch': `
import { Hono } from 'hono'
import { apiKeys, currentUser, fetchUsers, generateApiKey, requireUser } from 'rollbook/fetch'
declare const app: Hono
`,
}

/** The examples of all doc comments, as one program for each entry point. They are to be compiled; none is run. */
export function commentExamples(): ReadonlyMap<string, string> {
  return new Map(entryPoints().map((entry) => [`comments-${entry.specifier.replace('/', '-')}.ts`, examplesOf(entry)]))
}

function examplesOf({ specifier, exports }: EntryPoint): string {
  const comments = exports.flatMap((declaration) => [
    declaration.comment,
    ...(declaration.code.includes('interface') ? membersOf(declaration).map(({ comment }) => comment) : []),
  ])
  const examples = comments.flatMap((comment) =>
    [...comment.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code),
  )
  const functions = examples.map((code) => `async () => {\n${code.replaceAll(/^import .*\n|^export /gm, '')}}`)
  return `${surroundings}${mounts[specifier] ?? ''}\nexport const examples = [\n${functions.join(',\n')}\n]\n`
}
