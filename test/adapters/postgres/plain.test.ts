import { describe, vi } from 'vitest'
import { contractOn } from './contracts.js'
import { pgliteDatabase } from './databases.js'

// That the set-up warns is tested elsewhere.
vi.spyOn(process, 'emitWarning').mockImplementation(() => {})

describe('postgresStorage without pg_trgm keeps the storage contract', () => {
  contractOn(() => pgliteDatabase({ trigrams: false }))
})
