/** @module For tests: the real service with a clock to move, and the contracts that storages and mounts must keep. */

export type { FailNext, UsersOperation } from './failures.js'
export {
  type HttpContractOptions,
  type HttpContractSetup,
  httpContract,
  type StartedHttp,
  type StartHttp,
} from './http-contract/index.js'
export type { InputBuilders } from './input-builders.js'
export { insecureHasher } from './insecure-hasher.js'
export type { SeedUsers } from './seed-users.js'
export { type StorageContractOptions, storageContract } from './storage-contract/index.js'
export type { TestClock } from './test-clock.js'
export { createTestUsers, type TestUsers, type TestUsersOptions } from './test-users.js'
