import { memoryStorage } from '../../adapters/memory/index.js'
import { type Change, copyUsers, type UsersStorage } from '../../src/index.js'
import { createTestUsers, type TestUsersOptions } from '../../src/testing/index.js'

export const ada = { email: 'ada@example.com', password: 'correct horse' }
export const ben = { email: 'ben@example.com', password: 'battery staple' }

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

/** A service over such a storage, with ada in it. */
export async function setUp(options: TestUsersOptions = {}, alter?: Parameters<typeof joinableStorage>[0]) {
  const { storage, begin, commit } = joinableStorage(alter)
  const world = createTestUsers({ storage, ...options })
  await world.users.createUser({ ...ada, id: 'ada' })
  return { ...world, storage, begin, commit }
}

/** A promise, and what settles it. */
export function deferred() {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
