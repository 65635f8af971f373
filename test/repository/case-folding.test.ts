import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const sources = ['sql', 'sqlite', 'postgres'].flatMap((adapter) =>
  readdirSync(`adapters/${adapter}`).map((name) => {
    const file = `adapters/${adapter}/${name}`
    return { file, text: readFileSync(file, 'utf8') }
  }),
)

// What has a database decide which letters are the same. SQLite's `like` does for ASCII.
const foldings = /\b(?:lower|upper|unaccent)\s*\(|\bilike\b|\bnocase\b|\bcitext\b|~\*|\bicu_/i

test('no storage asks a database which letters are the same: the core has folded them [B-162]', () => {
  expect(sources.length).toBeGreaterThan(50)
  expect(sources.filter(({ text }) => foldings.test(text)).map(({ file }) => file)).toEqual([])
  const likes = sources.filter(({ text }) => /['"`]like['"`]|\blike \$/.test(text)).map(({ file }) => file)
  expect(likes).toEqual(['adapters/postgres/list-users.ts'])
})

test('the search index takes characters as they are [B-162]', () => {
  const index = sources.find(({ file }) => file === 'adapters/sqlite/search-index.ts')
  expect(index?.text).toContain("tokenize = 'trigram case_sensitive 1'")
})
