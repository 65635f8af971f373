import { expect, test } from 'vitest'
import { postgresStorage } from '../adapters/postgres/index.js'
import { aUserRecord } from '../src/testing/storage-contract/builders.js'
import { insertUser } from '../src/testing/storage-contract/changes.js'

test('thin', async () => {
  const storage = postgresStorage(
    { connectionString: process.env['POSTGRES_URL'] ?? '' },
    { schema: `thin_${Date.now()}` },
  )
  const ann = aUserRecord({ id: 'ann' })
  await storage.commit([insertUser(ann)])
  expect(await storage.findUser({ id: 'ann' })).toEqual(ann)
  await storage.close()
})
