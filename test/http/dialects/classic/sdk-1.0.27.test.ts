import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import type { Sdk } from './sdk.js'
import { sdkLaws } from './sdk-laws.js'
import { frameworks, withSdk } from './sdk-world.js'

const require = createRequire(import.meta.url)

const sdk: Sdk = {
  // CommonJS without types.
  package: require('sdk-1.0.27'),
  names: {
    list: 'listUsers',
    create: 'createUser',
    get: 'getUser',
    getPrefs: 'getUserPrefs',
    updatePrefs: 'updateUserPrefs',
    getSessions: 'getUserSessions',
    getLogs: 'getUserLogs',
    updateStatus: 'updateUserStatus',
    deleteSession: 'deleteUserSession',
    deleteSessions: 'deleteUserSessions',
  },
  refusal(error) {
    expect(error).toMatchObject({ name: 'StatusCodeError' })
    const { statusCode: status, error: body } = Object(error)
    return { status, body }
  },
  userAgent: undefined,
}

describe('node-appwrite 1.0.27', () => {
  sdkLaws(sdk)

  test.each(frameworks)('in %s, null arguments of a list mean the defaults', (framework) =>
    withSdk(framework, sdk, async ({ sdk: client, users }) => {
      const { id } = await users.createUser({ email: 'email@example.com' })
      expect(await client.list(null, null, null, null)).toMatchObject({ sum: 1, users: [{ $id: id }] })
    }),
  )
})
