import { defineConfig } from 'vitest/config'

/** The packed package, installed and run as its users do: other runtimes, other versions of the peers, other compilers. */
export default defineConfig({
  test: {
    globalSetup: 'test/consumers/packed.ts',
    include: ['test/consumers/*.consumer.ts'],
    // Where there is no binary to download, better-sqlite3 12 is compiled, which takes about a minute, or several.
    testTimeout: 660_000,
    hookTimeout: 660_000,
    maxWorkers: 2,
    maxConcurrency: 2,
  },
})
