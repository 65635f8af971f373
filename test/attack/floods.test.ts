import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { assertRefusal, assertSuccess } from '../../src/testing/http-contract/answers.js'
import { send } from '../../src/testing/http-contract/send.js'
import { heldHasher, spiedParts } from '../../src/testing/http-contract/spies.js'
import { withWorld } from '../../src/testing/http-contract/world.js'
import { mounts } from '../http/mounts.js'

const megabyte = 1024 * 1024
const plainMounts = mounts.filter(({ name }) =>
  /^(?:Express [45]|Koa 3) at the root, before|^node:http at the root/.test(name),
)

/** Sends this head, then a body of so many bytes for as long as somebody reads it; answers what came back. */
async function pour(url: string, head: string, length: number): Promise<string> {
  const { port, hostname, host } = new URL(url)
  const socket = connect({ port: Number(port), host: hostname })
  let answered = ''
  socket
    .on('error', () => undefined)
    .on('data', (chunk) => {
      answered += chunk
    })
  const closed = new Promise((resolve) => socket.on('close', resolve))
  socket.write(
    `${head} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n`,
  )
  const piece = Buffer.alloc(megabyte / 4, 'x')
  for (let sent = 0; sent < length && !socket.destroyed; sent += piece.length) {
    if (!socket.write(piece)) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), closed])
  }
  socket.end()
  await closed
  return answered
}

describe.each(plainMounts)('$name', ({ start }) => {
  test('100 MB of somebody who may not come in are refused, and not kept [B-08]', () =>
    withWorld(start, { authorize: () => undefined }, async ({ url, send }) => {
      assertRefusal(await send('GET', '/users'), 401, 'general_unauthorized_scope')
      const before = process.memoryUsage.rss()
      let most = 0
      const watch = setInterval(() => {
        most = Math.max(most, process.memoryUsage.rss() - before)
      }, 5)
      const answered = await pour(url, 'POST /users', 100 * megabyte)
      clearInterval(watch)
      expect(answered).toMatch(/^HTTP\/1\.1 401 /)
      // The client is in this process too, with pieces that wait to be sent.
      expect(most).toBeLessThan(40 * megabyte)
    }))

  test('100 MB of a caller who may come in are refused at 128 KiB [B-08, B-114]', () =>
    withWorld(start, {}, async ({ url, users }) => {
      const before = process.memoryUsage.rss()
      const answered = await pour(url, 'POST /users', 100 * megabyte)
      // The connection may be gone before the answer is read.
      expect(answered).toMatch(/^(?:HTTP\/1\.1 413 |$)/)
      expect(process.memoryUsage.rss() - before).toBeLessThan(40 * megabyte)
      expect((await users.listUsers({ total: true })).total).toBe(0)
    }))

  test('a flood of wrong requests hashes nothing, asks no storage, and lets other work of the process run [B-115]', async () => {
    const { calls, ...service } = spiedParts()
    await withWorld(start, { service }, async ({ url, send: ask }) => {
      const json = { 'Content-Type': 'application/json' }
      const wrong = [
        ['POST', '/users', { body: '{', headers: json }],
        ['POST', '/users', { body: '['.repeat(20_000), headers: json }],
        ['POST', '/users', { json: { email: 'nobody', password: 'hidden-Pa55word-one' } }],
        ['POST', '/users', { json: { email: 'a@example.com', password: 'x'.repeat(1000) } }],
        ['GET', '/users?limit=-1', {}],
        ['GET', '/users?search=%00', {}],
        ['PATCH', '/users/ada/status', { json: { status: 9 } }],
        ['PATCH', '/users/ada/prefs', { json: { prefs: 'x'.repeat(60_000) } }],
      ] as const
      const agent = new Agent({ keepAlive: true, maxSockets: 50 })
      let [longestGap, last] = [0, performance.now()]
      const watch = setInterval(() => {
        longestGap = Math.max(longestGap, performance.now() - last)
        last = performance.now()
      }, 1)
      const flood = Array.from({ length: 1000 }, (_, index) => {
        const [method, path, sent] = wrong[index % wrong.length] ?? wrong[0]
        return send(agent, url, method, path, sent)
      })
      for (const { status } of await Promise.all(flood)) expect(status).toBe(400)
      clearInterval(watch)
      agent.destroy()
      expect(calls).toEqual([])
      expect(longestGap).toBeLessThan(1000)
      assertSuccess(await ask('GET', '/users'))
    })
  })

  test('a client who leaves while the password is hashed gives the place in the queue back, and the user is whole [B-117]', async () => {
    const { passwords, begun, release } = heldHasher()
    const unhandled: unknown[] = []
    const note = (error: unknown) => void unhandled.push(error)
    process.on('unhandledRejection', note)
    try {
      const service = { passwords, hashing: { concurrency: 1, maxWaiting: 0 } }
      await withWorld(start, { service }, async ({ url, send, users, events }) => {
        const body = JSON.stringify({ email: 'ada@example.com', password: 'hidden-Pa55word-one' })
        const headers = { 'Content-Type': 'application/json', 'Content-Length': body.length }
        const asking = request(`${url}/users`, { method: 'POST', headers, agent: false }).on('error', () => undefined)
        asking.end(body)
        await begun
        const closed = new Promise((resolve) => asking.on('close', resolve))
        asking.destroy()
        await closed
        release()
        // Until the first hash is done, nobody else is let in.
        const json = { email: 'bob@example.com', password: 'hidden-Pa55word-one' }
        while ((await send('POST', '/users', { json })).status === 503) await turn()
        const found = await users.listUsers()
        expect(found.items.map(({ email }) => email)).toEqual(['ada@example.com', 'bob@example.com'])
        expect(events.map(({ event }) => event)).toEqual(['user.created', 'user.created'])
        for (const { email } of found.items) {
          const { id } = (await users.findUserByEmail(email)) ?? { id: '' }
          await users.updateUserStatus(id, { status: 'active' })
          await users.signIn({ email, password: json.password })
        }
      })
      await turn()
      expect(unhandled).toEqual([])
    } finally {
      process.off('unhandledRejection', note)
    }
  })
})
