import type { UsersStorage } from '../../ports/storage.js'

/** One law of the storage port, checked on a fresh and empty storage. */
export interface ContractCase {
  readonly name: string
  run(storage: UsersStorage): Promise<void>
}

/** One law of what outlives a storage. */
export interface ReopeningCase {
  readonly name: string
  /** `reopen` closes the storage that is open and opens another one over what it has kept. */
  run(storage: UsersStorage, reopen: () => Promise<UsersStorage>): Promise<void>
}
