import { expect, test } from 'vitest'
import { filesBelow, textOf } from './files.js'

const core = [
  'src/domain',
  'src/ports',
  'src/passwords',
  'src/user-agent',
  'src/service',
  'adapters/memory',
  'adapters/sql',
  'adapters/sqlite',
  'adapters/postgres',
]

test('the core has never heard of the words of a wire format', () => {
  const words = /\$id|\$uid|orderType|\bsum\b(?![<(])|registration:|status:\s*[012]\b|statusCode|X-Appwrite/g
  const found = filesBelow(core, '.ts').flatMap((file) =>
    [...textOf(file).matchAll(words)].map(([word]) => `${file}: ${word}`),
  )
  expect(found).toEqual([])
})

test('no adapter of a framework imports the framework, not even its types', () => {
  const found = filesBelow(['adapters/express', 'adapters/koa', 'adapters/fastify', 'adapters/fetch'], '.ts').filter(
    (file) => /from '(?:express|koa|connect|fastify|hono|@types)/.test(textOf(file)),
  )
  expect(found).toEqual([])
})

test('values never become SQL text: nothing but the dialect uses raw SQL [B-66]', () => {
  const found = filesBelow(['src', 'adapters'], '.ts').filter((file) =>
    /sql\.(?:raw|lit)|\.key\(|\.at\('/.test(textOf(file)),
  )
  expect(found).toEqual([])
})

test('the source runs no code from text and starts no process [B-122]', () => {
  const found = filesBelow(['src', 'adapters'], '.ts').filter((file) =>
    /\beval\(|new Function\(|child_process|node:vm/.test(textOf(file)),
  )
  expect(found).toEqual([])
})
