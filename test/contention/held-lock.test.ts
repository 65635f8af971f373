import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { apiKeys, expressUsers } from '../../adapters/express/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import type { UsersService } from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'
import { listen } from '../http/listen.js'
import { started } from '../processes/started.js'

let folder: string
let file: string
let users: UsersService
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'rollbook-lock-'))
  file = path.join(folder, 'users.db')
  users = createTestUsers({ storage: sqliteStorage(file) }).users
  await users.createUser({ email: 'ada@example.com', id: 'ada' })
})
afterEach(async () => {
  await users.close()
  rmSync(folder, { recursive: true })
})

async function lockElsewhere() {
  const holder = await started('hold-lock.mjs', [file])
  expect(await holder.ask('hold')).toBe('held')
  return holder
}

/** Measures the longest time in which the process could do nothing else, until it is asked for. */
function longestHold(): () => number {
  let last = performance.now()
  let longest = 0
  function look(): void {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }
  const ticking = setInterval(look, 10)
  return () => {
    clearInterval(ticking)
    look()
    return longest
  }
}

describe('while another process holds the lock of a file', () => {
  test('for three seconds, until it is killed, writes wait without holding up the process, and then are done [B-101, B-98]', async () => {
    const holder = await lockElsewhere()
    const holdOf = longestHold()
    const writing = Promise.all([
      users.updateUserPrefs('ada', { prefs: { theme: 'dark' } }),
      users.createUser({ email: 'ben@example.com', id: 'ben' }),
    ])
    let isDone = false
    void writing.then(() => {
      isDone = true
    })
    await pause(3000)
    expect(isDone).toBe(false)
    expect((await users.getUser('ada')).prefs).toEqual({})
    holder.kill()
    expect(await holder.ended).toEqual([null, 'SIGKILL'])
    await writing
    // Far below what the lock was held: a blocking wait of the driver would be all of it.
    expect(holdOf()).toBeLessThan(1000)
    expect((await users.getUser('ada')).prefs).toEqual({ theme: 'dark' })
  })

  test('for longer than a write waits, the answer is a typed error, and over HTTP a 503 that says when to try again [B-101]', async () => {
    const { url, stop } = await listen(expressUsers({ users, authorize: apiKeys(['key']) }))
    onTestFinished(stop)
    await lockElsewhere()
    const holdOf = longestHold()
    const headers = { 'X-Appwrite-Key': 'key', 'Content-Type': 'application/json' }
    const body = JSON.stringify({ prefs: { theme: 'dark' } })
    const [answer] = await Promise.all([
      fetch(`${url}/users/ada/prefs`, { method: 'PATCH', headers, body }),
      expect(users.deleteUserSessions('ada')).rejects.toMatchObject({ code: 'write-contention' }),
    ])
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
    expect(await answer.json()).toMatchObject({ type: 'general_service_busy' })
    expect(holdOf()).toBeLessThan(1000)
    expect((await fetch(`${url}/users/ada`, { headers })).status).toBe(200)
  })
})
