import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { expect } from 'vitest'
import type { UsersStorage } from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'

const fixture = path.join(import.meta.dirname, '../processes/sign-in-and-block.mjs')

/** Lets one process sign users in while another one blocks them or changes their passwords, and looks at what is left. */
export async function raceTwoProcesses(storage: UsersStorage, database: string, schema = ''): Promise<void> {
  const { users } = createTestUsers({ storage })
  const ids = Array.from({ length: 60 }, (_, n) => `u${n}`)
  for (const id of ids) await users.createUser({ id, email: `${id}@example.com`, password: 'the old password' })

  const children = ['sign-in', 'end'].map((role) =>
    fork(fixture, [database, role, ids.join(), schema], { execArgv: [] }),
  )
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
}
