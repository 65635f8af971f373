import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { UsersStorage } from '../../src/index.js'
import { createTestUsers, storageContract } from '../../src/testing/index.js'
import { compiledBlocks } from './code-blocks.js'

const folder = mkdtempSync(path.join(os.tmpdir(), 'rollbook-own-storage-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const [wholeOne] = await compiledBlocks('own-storage', 'docs/writing-a-storage.md')
// The code of the page, as it stands there.
const { oneFileStorage } = (await import(wholeOne?.compiled ?? '')) as { oneFileStorage(path: string): UsersStorage }
let files = 0
const create = () => oneFileStorage(path.join(folder, `users-${++files}`))

storageContract({ test, create })

test('the storage of the documentation still has its users after a restart [B-90]', async () => {
  const file = path.join(folder, 'restarted')
  const { id } = await createTestUsers({ storage: oneFileStorage(file) }).users.createUser({ email: 'a@example.com' })
  expect(await createTestUsers({ storage: oneFileStorage(file) }).users.getUser(id)).toMatchObject({ id })
})
