import { describe } from 'vitest'
import { contractOn } from './contracts.js'
import { newServerDatabase, pgliteDatabase, serverDatabase, serverUrl } from './databases.js'

describe('postgresStorage on PGlite keeps the storage contract, over its one connection [B-106]', () => {
  contractOn(() => pgliteDatabase({ trigrams: true }))
})

describe.runIf(serverUrl)('postgresStorage on a server keeps the storage contract', () => {
  contractOn(() => serverDatabase())
})

// Over one connection, where a call that needs two would wait for ever, and in a language with an order of its own.
describe.runIf(serverUrl)('postgresStorage on a server over one connection keeps the storage contract [B-106]', () => {
  contractOn(() => newServerDatabase("encoding 'UTF8' locale_provider icu icu_locale 'en-US' locale 'C'", { max: 1 }))
})
