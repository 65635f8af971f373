/** The storage contract, and users that outlive their process's storage, on better-sqlite3. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import { createUsersService } from 'rollbook'
import { sqliteStorage } from 'rollbook/sqlite'
import { storageContract } from 'rollbook/testing'

storageContract({ test, create: () => sqliteStorage(':memory:') })

test('users on a file of the storage are there again on a handle of the host', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollbook-'))
  const file = join(folder, 'users.db')
  const login = { email: 'ada@example.com', password: 'correct horse' }
  const storage = sqliteStorage(file)
  const users = createUsersService({ storage })
  const ada = await users.createUser(login)
  const { secret } = await users.signIn(login)
  await storage.close()

  const handle = new Database(file)
  const again = createUsersService({ storage: sqliteStorage(handle) })
  assert.equal((await again.verifyUserSession(secret)).user.id, ada.id)
  assert.equal((await again.listUsers({ search: 'ADA' })).items.length, 1)
  handle.close()
  rmSync(folder, { recursive: true })
})
