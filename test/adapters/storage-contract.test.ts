import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { InvalidOptionsError } from '../../src/errors/index.js'
import { storageContract } from '../../src/testing/storage-contract/index.js'

describe('memoryStorage keeps the storage contract', () => {
  storageContract({ test, create: memoryStorage })
})

describe('sqliteStorage in memory keeps the storage contract', () => {
  storageContract({ test, create: () => sqliteStorage(':memory:') })
})

describe('sqliteStorage in a file keeps the storage contract', () => {
  const folders: string[] = []
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
  })
  const last = () => join(folders.at(-1) ?? '', 'users.db')
  storageContract({
    test,
    create() {
      const folder = mkdtempSync(join(tmpdir(), 'rollbook-'))
      folders.push(folder)
      return sqliteStorage(last())
    },
    reopen: () => sqliteStorage(last()),
  })
})

describe("sqliteStorage on a host's handle, under another prefix, keeps the storage contract", () => {
  const handles: Database.Database[] = []
  afterEach(() => {
    for (const handle of handles.splice(0)) handle.close()
  })
  storageContract({
    test,
    async create() {
      const handle = new Database(':memory:')
      handles.push(handle)
      const storage = sqliteStorage(handle, { prefix: 'app_people_' })
      await storage.migrate()
      return storage
    },
    reopen: () => sqliteStorage(handles.at(-1) ?? '', { prefix: 'app_people_' }),
  })
})

describe('storageContract', () => {
  function namesOf(skip: Parameters<typeof storageContract>[0]['skip'] = []): string[] {
    const names: string[] = []
    storageContract({ test: (name) => names.push(name), create: memoryStorage, skip })
    return names
  }

  test('has more than 150 cases, no two of one name [B-90]', () => {
    const names = namesOf()
    expect(names.length).toBeGreaterThan(150)
    expect(new Set(names).size).toBe(names.length)
  })

  test('leaves out the cases that are skipped by their exact names [B-90]', () => {
    const skip = [{ reason: 'for this test', tests: ['close may be called twice'] }]
    expect(namesOf()).toContain('close may be called twice')
    expect(namesOf(skip)).toEqual(namesOf().filter((name) => name !== 'close may be called twice'))
  })

  test('has cases of what outlives a storage where one can be opened again [B-90]', () => {
    const names: string[] = []
    storageContract({ test: (name) => names.push(name), create: memoryStorage, reopen: memoryStorage })
    expect(names.length).toBeGreaterThan(namesOf().length + 5)
    expect(new Set(names).size).toBe(names.length)
  })

  test('closes what was opened again too', async () => {
    const runs: (() => Promise<void>)[] = []
    let open = 0
    const counted = () => {
      const storage = memoryStorage()
      let isOpen = true
      open++
      return {
        ...storage,
        async close() {
          if (isOpen) open--
          isOpen = false
          await storage.close()
        },
      }
    }
    storageContract({ test: (_name, run) => runs.push(run), create: counted, reopen: counted })
    await Promise.allSettled(runs.slice(-7).map((run) => run()))
    expect(open).toBe(0)
  })

  test('refuses to skip a case that does not exist [B-90]', () => {
    const skip = [{ reason: 'a typo', tests: ['close may be called thrice'] }]
    expect(() => namesOf(skip)).toThrow(InvalidOptionsError)
    expect(() => namesOf(skip)).toThrow('no case to skip is named "close may be called thrice"')
  })

  test('closes the storage also when a case fails', async () => {
    const runs: (() => Promise<void>)[] = []
    let closed = 0
    const create = () => ({
      ...memoryStorage(),
      findUser: () => Promise.reject(new Error('broken')),
      async close() {
        closed++
      },
    })
    storageContract({ test: (_name, run) => runs.push(run), create })
    await expect(runs[0]?.()).rejects.toThrow('broken')
    expect(closed).toBe(1)
  })
})
