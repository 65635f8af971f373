import { defineConfig } from 'vitest/config'

// These measure how the rest of the process fares, so nothing else may run beside them.
const alone = ['test/races/hash-flood.test.ts']

// These share a process and its modules: to import all of them anew for each file takes longer than their tests. What
// they import must register no hook of its own, since a module is run for the first file that imports it only.
const sharing = [
  'domain',
  'errors',
  'http',
  'model',
  'passwords',
  'ports',
  'repository',
  'service',
  'testing',
  'user-agent',
]
const shared = sharing.map((room) => `test/${room}/**/*.test.ts`)
// This one replaces a module.
const isolated = ['test/http/dialects/made-up.test.ts']

export default defineConfig({
  test: {
    globalSetup: 'test/build-dist.ts',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // By default one processor is left idle, which is half of a machine with two.
    maxWorkers: '100%',
    projects: [
      { extends: true, test: { name: 'together', include: ['test/**/*.test.ts'], exclude: [...alone, ...shared] } },
      { extends: true, test: { name: 'isolated', include: isolated } },
      {
        extends: true,
        test: { name: 'shared', include: shared, exclude: isolated, isolate: false, setupFiles: 'test/one-process.ts' },
      },
      { extends: true, test: { name: 'alone', include: alone, fileParallelism: false, sequence: { groupOrder: 1 } } },
    ],
  },
})
