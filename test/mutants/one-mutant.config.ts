import path from 'node:path'
import { defineConfig, type Plugin } from 'vitest/config'
import type { SourceMutant } from './mutant.js'
import { mutated } from './place.js'

const root = path.join(import.meta.dirname, '../..')

/** Puts one fault into its source when that is loaded. Nothing is written to the disk. */
function mutation(mutant: SourceMutant): Plugin {
  const target = path.join(root, mutant.file)
  return {
    name: 'mutation',
    enforce: 'pre',
    transform: (code, id) => (id === target ? mutated(code, mutant) : undefined),
  }
}

const chosen = process.env['ROLLBOOK_MUTANT']

export default defineConfig({
  root,
  // Written by the runner beside this file.
  plugins: chosen === undefined ? [] : [mutation(JSON.parse(chosen) as SourceMutant)],
  test: { include: ['test/**/*.test.ts'], testTimeout: 30_000 },
})
