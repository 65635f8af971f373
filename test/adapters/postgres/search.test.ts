import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { postgresStorage } from '../../../adapters/postgres/index.js'
import { isLong, rarePart } from '../../../adapters/postgres/search/rare-part.js'
import { countTrigrams } from '../../../adapters/sql/trigrams.js'
import { aQuery, aUserRecord, someUsers } from '../../../src/testing/storage-contract/builders.js'
import { given } from '../../../src/testing/storage-contract/changes.js'
import { idsOf } from '../../../src/testing/storage-contract/walks.js'
import { pgliteDatabase, type TestDatabase } from './databases.js'

describe('the part of a long text for which the index is asked', () => {
  const counts = countTrigrams(Array.from({ length: 50 }, (_, n) => `ann smith\nann.smith${n}@example.com\nid${n}`))

  test('is ten characters around what few users have', () => {
    expect(rarePart('ann.quixotl@example.com', counts)).toContain('quixotl')
    expect(rarePart('ann.quixotl@example.com', counts)).toHaveLength(10)
    expect(rarePart('@example.com@example.com zq', counts)).toContain(' zq')
  })

  test.each([
    'ann.smith7@example.com',
    'e'.repeat(256),
    '名'.repeat(256),
    '👩‍💻'.repeat(20),
    '%_%_%_%_%_%_\\\\',
    'x'.repeat(11),
  ])('is a part of it, in whole characters: %s', (text) => {
    expect(isLong(text)).toBe(true)
    const part = rarePart(text, counts)
    expect([...part]).toHaveLength(10)
    expect([...text].join(' ')).toContain([...part].join(' '))
  })

  test('is not looked for in a text of ten characters', () => {
    expect(isLong('0123456789')).toBe(false)
    expect(isLong('👩'.repeat(10))).toBe(false)
  })
})

describe('a search for a long text', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await pgliteDatabase({ trigrams: true })
  })
  afterAll(() => database.close())

  test('looks at some users once, asks for a part, and answers those who have the whole', async () => {
    const storage = postgresStorage({ pool: database.pool })
    await storage.migrate()
    const named = (id: string, name: string) => aUserRecord({ id, name, searchText: `${name}\n\n${id}` })
    const users = [named('a', 'quixotl of the hills'), named('b', 'quixotl of the lakes'), named('c', 'of the hills')]
    await given(storage, { users: [...someUsers(60), ...users] })
    const query = vi.spyOn(Client.prototype, 'query')
    for (const match of ['quixotl of the hills', 'quixotl of the hills ', 'of the hills']) {
      const found = match.endsWith(' ') ? [] : users.filter(({ name }) => name.includes(match)).map(({ id }) => id)
      const page = await storage.listUsers(aQuery({ match, total: 'exact', limit: 1 }))
      expect([idsOf(page), page.total]).toEqual([found.slice(0, 1), found.length])
    }
    const texts = query.mock.calls.map(([sent]) => JSON.stringify(sent))
    query.mockRestore()
    expect(texts.filter((text) => text.includes('generate_series'))).toHaveLength(1)
    expect(texts.filter((text) => text.includes('"%') && text.includes('strpos')).length).toBeGreaterThanOrEqual(3)
  })
})
