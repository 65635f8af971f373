import assert from 'node:assert/strict'
import { recordKinds } from '../../ports/kinds.js'
import type { UsersStorage } from '../../ports/storage.js'
import { anEntry, aQuery, aRange, aSession, aSessionRange, at, aUserRecord } from './builders.js'
import { appendActivity, given } from './changes.js'
import type { ContractCase } from './contract-case.js'

const uses: Readonly<Record<string, (storage: UsersStorage) => Promise<unknown>>> = {
  findUser: (storage) => storage.findUser({ id: 'ann' }),
  listUsers: (storage) => storage.listUsers(aQuery()),
  'listUsers with a search': (storage) => storage.listUsers(aQuery({ match: 'ann' })),
  findSession: (storage) => storage.findSession('hash of s1'),
  listSessions: (storage) => storage.listSessions('ann', aSessionRange()),
  listActivity: (storage) => storage.listActivity('ann', aRange()),
  ...Object.fromEntries(
    recordKinds.map((kind) => [`a walk of ${kind}`, (storage: UsersStorage) => storage.walk(kind, { limit: 10 })]),
  ),
  // One that no condition refuses, however often it comes.
  commit: (storage) => storage.commit([appendActivity(anEntry({ id: 'e2' }))]),
  sweep: (storage) => storage.sweep({ expiredAt: at(0), limit: 10 }),
}

/** The end of a storage. */
export const closeCases: readonly ContractCase[] = [
  {
    name: 'close may be called twice',
    async run(storage) {
      await storage.close()
      await storage.close()
    },
  },
  ...Object.entries(uses).map(
    ([name, use]): ContractCase => ({
      name: `after close ${name} is refused [B-139]`,
      async run(storage) {
        await given(storage, { users: [aUserRecord()], sessions: [aSession()], activity: [anEntry({ userId: 'ann' })] })
        await use(storage)
        await storage.close()
        await assert.rejects(use(storage))
      },
    }),
  ),
]
