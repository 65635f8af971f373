import type { UsersStorage } from '../../ports/storage.js'

/** One law of the storage port, checked on a fresh and empty storage. */
export interface ContractCase {
  readonly name: string
  run(storage: UsersStorage): Promise<void>
}
