import path from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: path.join(import.meta.dirname, '../..'),
  test: { include: ['test/mutants/all.ts'], testTimeout: 300_000, chaiConfig: { truncateThreshold: 0 } },
})
