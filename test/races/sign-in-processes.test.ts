import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { createTestUsers } from '../../src/testing/index.js'

const fixture = path.join(import.meta.dirname, '../processes/sign-in-and-block.mjs')

test('a block or a new password of one process leaves no live session of sign-ins in another', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'rollbook-two-processes-'))
  const database = path.join(folder, 'users.db')
  const { users } = createTestUsers({ storage: sqliteStorage(database, { synchronous: 'normal' }) })
  const ids = Array.from({ length: 60 }, (_, n) => `u${n}`)
  for (const id of ids) await users.createUser({ id, email: `${id}@example.com`, password: 'the old password' })

  const children = ['sign-in', 'end'].map((role) => fork(fixture, [database, role, ids.join()], { execArgv: [] }))
  const exits = children.map((child) => once(child, 'exit'))
  const handedOut: { id: string; secrets: string[] }[] = []
  await Promise.all(children.map((child) => once(child, 'message')))
  for (const child of children) {
    child.on('message', (message: { id: string; secrets: string[] }) => handedOut.push(message))
    child.send('go')
  }
  expect((await Promise.all(exits)).map(([code]) => code)).toEqual([0, 0])

  expect(handedOut.map(({ id }) => id)).toEqual(ids)
  for (const { id, secrets } of handedOut) {
    expect(secrets.length).toBeGreaterThan(0)
    const blocked = (await users.getUser(id)).status === 'blocked'
    expect(blocked).toBe(ids.indexOf(id) % 2 === 0)
    expect((await users.getUserSessions(id)).items).toEqual([])
    // That the user is active again must not bring back what was only hidden.
    await users.updateUserStatus(id, { status: 'active' })
    for (const secret of secrets) {
      await expect(users.verifyUserSession(secret)).rejects.toMatchObject({ code: 'invalid-session' })
    }
  }
  await users.close()
  await rm(folder, { recursive: true })
})
