/** The laws of a handle of the host, for a database of node:sqlite. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, test } from 'node:test'
import { createUsersService } from 'rollbook'
import { sqliteStorage } from 'rollbook/sqlite'

const login = { email: 'ada@example.com', password: 'correct horse' }
let folder
let databases

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollbook-'))
  databases = []
})
afterEach(() => {
  for (const database of databases) if (database.isOpen) database.close()
  rmSync(folder, { recursive: true })
})

function opened(options = {}) {
  const database = new DatabaseSync(join(folder, 'users.db'), options)
  databases.push(database)
  return database
}

async function usersOn(database) {
  const storage = sqliteStorage(database)
  await storage.migrate()
  return createUsersService({ storage })
}

test('users outlive the database handle, and a block ends their sessions', async () => {
  const database = opened()
  const users = await usersOn(database)
  const ada = await users.createUser(login)
  const { secret } = await users.signIn(login)
  database.close()

  const again = createUsersService({ storage: sqliteStorage(opened()) })
  assert.equal((await again.verifyUserSession(secret)).user.id, ada.id)
  assert.equal((await again.listUsers({ search: 'ADA' })).items.length, 1)
  await again.updateUserStatus(ada.id, { status: 'blocked' })
  await assert.rejects(again.verifyUserSession(secret), { code: 'invalid-session' })
})

test('nothing works before migrate, and the error says so', async () => {
  const storage = sqliteStorage(opened())
  await assert.rejects(storage.findUser({ id: 'ada' }), { code: 'storage-not-migrated' })
})

test('close leaves it open, with the settings that it had', async () => {
  const database = opened()
  const storage = sqliteStorage(database)
  await storage.migrate()
  await storage.close()
  assert.equal(database.isOpen, true)
  assert.equal(database.prepare('pragma journal_mode').get().journal_mode, 'delete')
})

test('inside a transaction of the host a commit is refused, and the transaction stays as it is', async () => {
  const database = opened()
  const users = await usersOn(database)
  database.exec('create table notes (text); begin')
  database.exec("insert into notes values ('mine')")
  await assert.rejects(users.createUser(login), { code: 'inside-transaction' })
  assert.equal(database.isTransaction, true)
  database.exec('commit')
  assert.equal(database.prepare('select text from notes').get().text, 'mine')
  await users.createUser(login)
  assert.equal(database.isTransaction, false)
})

test('a lock of another connection is a conflict that the storage names, and the service waits it out', async () => {
  const database = opened({ timeout: 0 })
  const storage = sqliteStorage(database)
  await storage.migrate()
  const other = opened({ timeout: 0 })
  other.exec('begin immediate')
  await assert.rejects(storage.commit([]), { code: 'storage-conflict', reason: 'busy' })
  const creating = createUsersService({ storage }).createUser(login)
  setTimeout(() => other.exec('rollback'), 50)
  assert.equal((await creating).email, login.email)
})

test('a database that is read-only, full or closed is told by those names', async () => {
  await usersOn(opened())
  const readOnly = createUsersService({ storage: sqliteStorage(opened({ readOnly: true })) })
  await assert.rejects(readOnly.createUser(login), { code: 'storage-failed', reason: 'read-only' })

  const small = opened()
  const users = createUsersService({ storage: sqliteStorage(small) })
  await users.createUser(login)
  small.exec(`pragma max_page_count = ${small.prepare('pragma page_count').get().page_count}`)
  const prefs = { text: 'x'.repeat(60_000) }
  const { id } = await users.findUserByEmail(login.email)
  await assert.rejects(users.updateUserPrefs(id, { prefs }), { code: 'storage-failed', reason: 'full' })
  assert.equal(small.isTransaction, false)

  small.close()
  await assert.rejects(users.getUser(id), { code: 'closed' })
  await assert.rejects(users.createUser({ email: 'ben@example.com' }), { code: 'closed' })
  assert.throws(() => sqliteStorage(small), { code: 'invalid-options' })
})

test('a commit that waits while the host closes the database is refused', async () => {
  const database = opened()
  const storage = sqliteStorage(database)
  await storage.migrate()
  const committing = storage.commit([])
  database.close()
  await assert.rejects(committing, { code: 'closed' })
})
