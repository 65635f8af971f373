import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import express from 'express'
import Koa from 'koa'
import { expressUsers } from '../../../../adapters/express/index.js'
import { koaUsers } from '../../../../adapters/koa/index.js'
import { sqliteStorage } from '../../../../adapters/sqlite/index.js'
import { apiKeys } from '../../../../src/http/api-keys.js'
import { createUsersService } from '../../../../src/service/create-users-service.js'
import type { UsersService } from '../../../../src/service/users-service.js'
import { listen } from '../../listen.js'
import { type Sdk, type SdkUsers, sdkClient } from './sdk.js'

/** The frameworks in which the SDKs are run. */
export const frameworks = ['Express 5', 'Koa 3'] as const

/** A service on a file, a server, and clients of it. */
export interface SdkWorld {
  readonly users: UsersService
  /** May do everything, as `console`. */
  readonly sdk: SdkUsers
  /** May read only. */
  readonly reader: SdkUsers
  /** Has a key that nobody knows. */
  readonly stranger: SdkUsers
}

/** Runs a test against the real thing: the default hasher, an SQLite file, a framework. */
export async function withSdk(
  framework: (typeof frameworks)[number],
  sdk: Sdk,
  law: (world: SdkWorld) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rollbook-sdk-'))
  const users = createUsersService({
    storage: sqliteStorage(path.join(folder, 'users.db')),
    locate: (ip) => (ip === '8.8.8.8' ? { countryCode: 'US', countryName: 'United States' } : undefined),
  })
  const authorize = apiKeys([
    { key: 'a-key-for-everything', name: 'console' },
    { key: 'a-key-for-reading', scopes: ['users.read'] },
  ])
  const listener =
    framework === 'Koa 3'
      ? new Koa().use(koaUsers({ users, authorize, prefix: '/v1' })).callback()
      : express().use('/v1', expressUsers({ users, authorize }))
  const { url, stop } = await listen(listener, '/v1')
  try {
    await law({
      users,
      sdk: sdkClient(sdk, url, 'a-key-for-everything'),
      reader: sdkClient(sdk, url, 'a-key-for-reading'),
      stranger: sdkClient(sdk, url, 'a-key-nobody-knows'),
    })
  } finally {
    await stop()
    await users.close()
    await rm(folder, { recursive: true })
  }
}
