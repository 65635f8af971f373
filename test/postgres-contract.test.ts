import { describe } from 'vitest'
import { contractOn } from './postgres/contracts.js'
import { pgliteDatabase, serverDatabase, serverUrl } from './postgres/databases.js'

describe('postgresStorage on PGlite keeps the storage contract', () => {
  contractOn(() => pgliteDatabase({ trigrams: true }))
})

describe.runIf(serverUrl)('postgresStorage on a server keeps the storage contract', () => {
  contractOn(() => serverDatabase())
})

describe.runIf(serverUrl)('postgresStorage on a server over one connection keeps the storage contract', () => {
  contractOn(() => serverDatabase({ max: 1 }))
})
