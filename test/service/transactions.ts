import { memoryStorage } from '../../adapters/memory/index.js'
import { type Change, copyUsers, type UsersStorage } from '../../src/index.js'

/** A transaction of a host, as the storage below has them: a copy of everything, whose changes are kept for the end. */
export interface FakeTransaction {
  readonly storage: UsersStorage
  readonly changes: Change[]
}

/** A storage in memory that can join a transaction of its host. */
export function joinableStorage(alter: (inside: UsersStorage) => UsersStorage = (inside) => inside) {
  const base = memoryStorage()
  const storage: UsersStorage = {
    ...base,
    // The test gives nothing else.
    inTransaction(transaction) {
      const { storage: inside, changes } = transaction as FakeTransaction
      return alter({
        ...inside,
        async commit(those) {
          await inside.commit(those)
          changes.push(...those)
        },
      })
    },
  }
  return {
    storage,
    async begin(): Promise<FakeTransaction> {
      const inside = memoryStorage()
      await copyUsers(base, inside)
      return { storage: inside, changes: [] }
    },
    commit: ({ changes }: FakeTransaction) => base.commit(changes),
  }
}
