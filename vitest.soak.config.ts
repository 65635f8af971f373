import { defineConfig } from 'vitest/config'

// The tests that read ROLLBOOK_ROUNDS, and what else is to be run for longer: a new one joins by its name here.
const files = [
  'test/contention/six-processes.test.ts',
  'test/races/sign-in.test.ts',
  'test/soak/**/*.test.ts',
  'test/model/**/*.test.ts',
  'test/attack/**/*.test.ts',
  'test/faults/**/*.test.ts',
]

// Ten times as many rounds as in `npm test`, unless the caller says how many. Each test has a time limit that follows
// from them, and one file runs after another: with 100 rounds some 15 minutes on two cores that others use as well.
const rounds = process.env['ROLLBOOK_ROUNDS'] ?? '100'

export default defineConfig({
  test: {
    globalSetup: 'test/build-dist.ts',
    include: files,
    env: { ROLLBOOK_ROUNDS: rounds },
    fileParallelism: false,
    testTimeout: 30_000 + 3000 * Number(rounds),
    hookTimeout: 30_000,
    reporters: 'verbose',
  },
})
