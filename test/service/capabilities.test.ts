import { expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { StorageConflict, type UsersStorage } from '../../src/index.js'
import { capabilitiesOf } from '../../src/service/runtime/capabilities.js'
import { retryingStorage } from '../../src/service/runtime/retries.js'
import { joinableStorage } from './transactions.js'

test('a storage that retries has the capabilities of the one behind it, and no others', async () => {
  const { storage, begin } = joinableStorage()
  const inside = capabilitiesOf(retryingStorage(storage)).inTransaction(await begin())
  await expect(inside.listUsers({ limit: 1, offset: 0, order: 'oldest-first', total: 'exact' })).resolves.toEqual({
    items: [],
    total: 0,
  })
  expect(retryingStorage(memoryStorage()).inTransaction).toBeUndefined()
})

test('what is busy is tried again, but inside a transaction of the host it fails at once', async () => {
  let attempts = 0
  const busyOnce = (storage: UsersStorage): UsersStorage => ({
    ...storage,
    async findUser(by) {
      if (attempts++ === 0) throw new StorageConflict('busy')
      return storage.findUser(by)
    },
  })
  await expect(retryingStorage(busyOnce(memoryStorage())).findUser({ id: 'ada' })).resolves.toBeUndefined()
  expect(attempts).toBe(2)
  attempts = 0
  const { storage, begin } = joinableStorage(busyOnce)
  const inside = capabilitiesOf(retryingStorage(storage)).inTransaction(await begin())
  await expect(inside.findUser({ id: 'ada' })).rejects.toMatchObject({ code: 'transaction-conflict' })
  expect(attempts).toBe(1)
})
