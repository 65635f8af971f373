import { expect, test } from 'vitest'
import { filesBelow, mounts, textOf } from './files.js'

const sources = filesBelow(['src', 'adapters'], '.ts')
const httpRooms = [...mounts, 'src/http/', 'src/testing/']
const isOfMount = (file: string) => mounts.some((room) => file.startsWith(room))
const core = sources.filter((file) => !httpRooms.some((room) => file.startsWith(room)))

test('the core has never heard of the words of a wire format', () => {
  const words = /\$id|\$uid|orderType|\bsum\b(?![<(])|registration:|status:\s*[012]\b|statusCode|X-Appwrite/g
  expect(mounts).toEqual(['adapters/express/', 'adapters/fastify/', 'adapters/fetch/', 'adapters/koa/'])
  const found = core.flatMap((file) => [...textOf(file).matchAll(words)].map(([word]) => `${file}: ${word}`))
  expect(found).toEqual([])
})

test('src/http outside of the dialects, and the mounts, know no word of a dialect', () => {
  const words = /general_|\buser_|\$id|appwrite|:session\b|role: guest|orderType|\bclassic\b/gi
  const files = [...filesBelow(['src/http'], '.ts'), ...sources.filter(isOfMount)].filter(
    (file) => !file.startsWith('src/http/dialects/'),
  )
  const found = files.flatMap((file) => [...codeOf(file).matchAll(words)].map(([word]) => `${file}: ${word}`))
  expect(files.length).toBeGreaterThan(20)
  expect(found).toEqual([])
})

/** A file without its comments, which may say what a host will see. */
function codeOf(file: string): string {
  return textOf(file).replace(/^ *(?:\/\*)?\*.*$|\/\/ .*$/gm, '')
}

test('no adapter of a framework imports the framework, not even its types', () => {
  const found = sources
    .filter(isOfMount)
    .filter((file) => /from '(?:express|koa|connect|fastify|hono|@types)/.test(textOf(file)))
  expect(found).toEqual([])
})

test('values never become SQL text: nothing but the dialect uses raw SQL [B-66]', () => {
  const found = sources.filter((file) => /sql\.(?:raw|lit)|\.key\(|\.at\('/.test(textOf(file)))
  expect(found).toEqual([])
})

test('the source runs no code from text and starts no process [B-122]', () => {
  const found = sources.filter((file) => /\beval\(|new Function\(|child_process|node:vm/.test(textOf(file)))
  expect(found).toEqual([])
})
