import { afterAll, beforeAll, describe, test, vi } from 'vitest'
import { httpContract } from '../../src/testing/http-contract/index.js'
import { mounts } from './mounts.js'
import { refusedBy } from './parser-refusals.js'

beforeAll(() => {
  // Where the frameworks print the errors that some cases are about.
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})

afterAll(() => {
  vi.restoreAllMocks()
})

for (const { name, start, parser, refusals = [] } of mounts) {
  describe(name, () => httpContract({ test, start, skip: [...refusedBy(parser), ...refusals] }))
}
