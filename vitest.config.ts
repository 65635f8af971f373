import { defineConfig } from 'vitest/config'

// These measure how the rest of the process fares, so nothing else may run beside them.
const alone = ['test/races/hash-flood.test.ts']

export default defineConfig({
  test: {
    globalSetup: 'test/build-dist.ts',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // By default one processor is left idle, which is half of a machine with two.
    maxWorkers: '100%',
    projects: [
      { extends: true, test: { name: 'together', include: ['test/**/*.test.ts'], exclude: alone } },
      { extends: true, test: { name: 'alone', include: alone, fileParallelism: false, sequence: { groupOrder: 1 } } },
    ],
  },
})
