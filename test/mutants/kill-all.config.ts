import path from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: path.join(import.meta.dirname, '../..'),
  test: {
    include: ['test/mutants/kill-all.ts'],
    testTimeout: 300_000,
    // Each is a process of its own.
    maxConcurrency: 2,
    chaiConfig: { truncateThreshold: 0 },
  },
})
