import path from 'node:path'
import { defineConfig, type Plugin } from 'vitest/config'
import type { Mutant } from './mutant.js'

const root = path.join(import.meta.dirname, '../..')

/** Puts one fault into its source when that is loaded. Nothing is written to the disk. */
function mutation({ file, find, replace }: Mutant): Plugin {
  const target = path.join(root, file)
  return {
    name: 'mutation',
    enforce: 'pre',
    transform(code, id) {
      if (id !== target) return undefined
      const [before, behind, ...more] = code.split(find)
      if (behind === undefined || more.length > 0) throw new Error(`${file} must hold this once: ${find}`)
      return `${before}${replace}${behind}`
    },
  }
}

const chosen = process.env['ROLLBOOK_MUTANT']

export default defineConfig({
  root,
  // Written by the runner beside this file.
  plugins: chosen === undefined ? [] : [mutation(JSON.parse(chosen) as Mutant)],
  test: { include: ['test/**/*.test.ts'], testTimeout: 30_000 },
})
