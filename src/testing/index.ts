/** @module For tests: the real service with a clock to move, and the contracts that storages and mounts must keep. */

export {
  type HttpContractOptions,
  type HttpContractSetup,
  httpContract,
  type StartedHttp,
  type StartHttp,
} from './http-contract/index.js'
export { insecureHasher } from './insecure-hasher.js'
export { type StorageContractOptions, storageContract } from './storage-contract/index.js'
export { createTestUsers, type TestClock, type TestUsers, type TestUsersOptions } from './test-users.js'
