import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { filesBelow, root, textOf } from './files.js'

/** Things that are there already, the words by which the files that they touch are known, and the most files there may be. */
const walks: readonly (readonly [adding: string, words: RegExp, most: number])[] = [
  ['an operation', /\bupdateUserStatus\b/, 6],
  ['a field of a user', /\bemailVerified\b|\bemail_verified\b/, 9],
  ['a record kind', /tombstone/i, 12],
  ['an error', /\bSessionNotFoundError\b|'session-not-found'/, 6],
  ['an HTTP dialect', /\bclassic\b/, 2],
]

const production = filesBelow(['src', 'adapters'], '.ts').filter((file) => !file.startsWith('src/testing/'))

/** The code of a file without its comments, which may mention anything. */
function codeOf(file: string): string {
  return textOf(file)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '')
}

/** The paths that the row of ARCHITECTURE.md for a change names. */
function placesOf(adding: string): string[] {
  const row = textOf('ARCHITECTURE.md')
    .split('\n')
    .find((line) => line.startsWith(`| ${adding} |`))
  return [...(row ?? '').matchAll(/`((?:src|adapters|test|docs)\/[^`]+)`/g)].map(([, place = '']) => place)
}

test.each(walks)('%s touches few files, and ARCHITECTURE.md names where they are', (adding, words, most) => {
  const places = placesOf(adding)
  const isNamed = (file: string) => places.some((place) => file === place || file.startsWith(`${place}/`))
  const touched = production.filter((file) => words.test(codeOf(file)))
  expect(touched.filter((file) => !isNamed(file))).toEqual([])
  expect(touched.length).toBeGreaterThan(1)
  expect(touched.length).toBeLessThanOrEqual(most)
})

test('what SQL databases share names none of them', () => {
  const shared = production.filter((file) => file.startsWith('adapters/sql/'))
  expect(shared.filter((file) => /sqlite|postgres|mysql|pglite/i.test(codeOf(file)))).toEqual([])
})

test('every place that ARCHITECTURE.md names is there', () => {
  const places = [...textOf('ARCHITECTURE.md').matchAll(/`((?:src|adapters|test|docs)\/[^`<]+)`/g)]
  const missing = places.map(([, place = '']) => place).filter((place) => !existsSync(path.join(root, place)))
  expect(missing.filter((place) => !place.endsWith('/X'))).toEqual([])
})
