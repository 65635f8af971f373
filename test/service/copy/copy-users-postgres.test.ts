import { describe, expect, test } from 'vitest'
import { memoryStorage } from '../../../adapters/memory/index.js'
import { postgresStorage } from '../../../adapters/postgres/index.js'
import { sqliteStorage } from '../../../adapters/sqlite/index.js'
import { copyUsers } from '../../../src/index.js'
import { pgliteDatabase, serverDatabase, serverUrl, type TestDatabase } from '../../adapters/postgres/databases.js'
import { contents, copiedWorld } from './copied-world.js'

/** From a file to PostgreSQL with an abort on the way, and back from there. */
function movesOn(open: () => Promise<TestDatabase> | TestDatabase): void {
  test('a move from SQLite to PostgreSQL that is aborted and gone on with loses nothing, and neither does the way back', {
    timeout: 120_000,
  }, async () => {
    const database = await open()
    try {
      const file = sqliteStorage(':memory:')
      const source = await copiedWorld(600)
      const counts = await copyUsers(source, file)
      const target = postgresStorage({ pool: database.pool }, { schema: database.newSchema() })
      await target.migrate()
      const controller = new AbortController()
      const aborted = copyUsers(file, target, {
        onProgress: ({ activity }) => activity === 500 && controller.abort(new Error('enough')),
        signal: controller.signal,
      })
      await expect(aborted).rejects.toThrow('enough')
      expect(await copyUsers(file, target)).toEqual(counts)
      const back = memoryStorage()
      await copyUsers(target, back)
      const before = await contents(source)
      expect(await contents(target)).toEqual(before)
      expect(await contents(back)).toEqual(before)
    } finally {
      await database.close()
    }
  })
}

describe('copyUsers to PGlite', () => movesOn(() => pgliteDatabase({ trigrams: true })))

describe.runIf(serverUrl)('copyUsers to a PostgreSQL server', () => movesOn(() => serverDatabase()))
