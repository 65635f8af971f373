/** @module For tests: the real service with a clock to move, and the contracts that storages and mounts must keep. */

export { insecureHasher } from './insecure-hasher.js'
export { createTestUsers, type TestClock, type TestUsers, type TestUsersOptions } from './test-users.js'
