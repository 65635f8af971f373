import { expect, test } from 'vitest'
import { filesBelow, mounts, textOf } from './files.js'

const sources = filesBelow(['adapters'], '.ts')
  .filter((file) => !mounts.some((room) => file.startsWith(room)) && !file.startsWith('adapters/memory/'))
  .map((file) => ({ file, text: textOf(file) }))

// What has a database decide which letters are the same. SQLite's `like` does for ASCII.
const foldings = /\b(?:lower|upper|unaccent)\s*\(|\bilike\b|\bnocase\b|\bcitext\b|~\*|\bicu_/i

test('no storage asks a database which letters are the same: the core has folded them [B-162]', () => {
  expect(sources.length).toBeGreaterThan(50)
  expect(sources.filter(({ text }) => foldings.test(text)).map(({ file }) => file)).toEqual([])
  const likes = sources.filter(({ text }) => /['"`]like['"`]|\blike \$/.test(text)).map(({ file }) => file)
  expect(likes).toEqual(['adapters/postgres/search/list-users.ts'])
})

test('the search index takes characters as they are [B-162]', () => {
  const index = sources.find(({ file }) => file === 'adapters/sqlite/search/index-schema.ts')
  expect(index?.text).toContain("tokenize = 'trigram case_sensitive 1'")
})
