import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sqliteStorage } from '../../../../adapters/sqlite/index.js'
import { anEntry } from '../../../../src/testing/storage-contract/builders.js'
import { appendActivity } from '../../../../src/testing/storage-contract/changes.js'
import { started } from '../../../processes/started.js'

let root: string
let folder: string
let file: string
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'rollbook-read-only-'))
  chmodSync(root, 0o755)
  folder = join(root, 'data')
  file = join(folder, 'users.db')
  mkdirSync(folder)
  const storage = sqliteStorage(file)
  await storage.commit([appendActivity(anEntry())])
  await storage.close()
})
afterEach(() => {
  chmodSync(folder, 0o700)
  rmSync(root, { recursive: true })
})

/** How a read and a write end for a process that has no more rights than these. */
async function endsWith({
  fileMode,
  folderMode,
  path = file,
}: {
  fileMode: number
  folderMode: number
  path?: string
}) {
  chmodSync(file, fileMode)
  chmodSync(folder, folderMode)
  return (await started('write-as-nobody.mjs', [path])).ask<object>('go')
}

describe('a process that lacks the right', () => {
  test('to write a file reads it, and is told for each write that it is read-only [B-102]', async () => {
    const ends = await endsWith({ fileMode: 0o444, folderMode: 0o777 })
    expect(ends).toEqual({ read: 1, end: 'storage-failed: read-only' })
  })

  test.each([
    ['to read a file', { fileMode: 0, folderMode: 0o777 }, 'no right to read and write it'],
    ['to write the folder of a file', { fileMode: 0o666, folderMode: 0o555 }, 'the file and its folder'],
    ['to write both', { fileMode: 0o444, folderMode: 0o555 }, 'the file and its folder'],
  ])('%s is told when it opens the file, with the cure [B-102]', async (_what, modes, cure) => {
    expect(await endsWith(modes)).toEqual({ code: 'storage-open-failed', message: expect.stringContaining(cure) })
  })

  test('to make a file is told when it opens it, with the cure [B-102]', async () => {
    const ends = await endsWith({ fileMode: 0o666, folderMode: 0o555, path: join(folder, 'new.db') })
    const message = expect.stringContaining('give the process the right to write into its folder')
    expect(ends).toEqual({ code: 'storage-open-failed', message })
  })
})
