import { createRequire } from 'node:module'
import { describe, expect } from 'vitest'
import type { Sdk } from './sdk.js'
import { sdkLaws } from './sdk-laws.js'

const require = createRequire(import.meta.url)

const sdk: Sdk = {
  // CommonJS without types.
  package: require('sdk-2.5.1'),
  names: {
    list: 'list',
    create: 'create',
    get: 'get',
    getPrefs: 'getPrefs',
    updatePrefs: 'updatePrefs',
    getSessions: 'getSessions',
    getLogs: 'getLogs',
    updateStatus: 'updateStatus',
    deleteSession: 'deleteSession',
    deleteSessions: 'deleteSessions',
  },
  refusal(error) {
    expect(Object(error).constructor.name).toBe('AppwriteException')
    const { code: status, message, response: body } = Object(error)
    expect(body).toMatchObject({ message })
    return { status, body }
  },
  userAgent: /^axios\/0\.\d/,
}

describe('node-appwrite 2.5.1', () => sdkLaws(sdk))
