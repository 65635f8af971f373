/** The table `http`: our router on Express 5, and what Express and Node alone make possible. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createUsersService } from 'rollbook'
import { apiKeys, expressUsers } from 'rollbook/express'
import { sqliteStorage } from 'rollbook/sqlite'
import { cast } from './cast.js'
import { oneAnswer } from './http-answer.js'
import { createLoad } from './http-load.js'
import { whole } from './options.js'
import { peerCookie } from './peer.js'
import { makePeerDatabase, peerAdmin } from './peer-database.js'
import { progress } from './progress.js'
import { median, ratioOf } from './statistics.js'
import { microseconds, ratioAndSpread, thousands } from './table.js'

const key = 'the-key-of-the-benchmark'
const ourHeaders = { 'X-Appwrite-Key': key }
const serverFile = fileURLToPath(new URL('http-server.js', import.meta.url))

export const table = {
  about: 'Requests a second of our router on Express 5, against constants of the same size, and against better-auth.',
  options: {
    rounds: whole(31, 1, 'in which the servers take turns'),
    slice: whole(200, 10, 'milliseconds for which a server is asked in a round'),
    warm: whole(8000, 0, 'milliseconds for which each server is asked before: it is compiled late'),
  },
  async run({ options, folder, config, template }) {
    const path = join(folder, 'rollbook.db')
    copyFileSync(await template(), path)
    const peerPath = join(folder, 'peer.db')
    await makePeerDatabase(peerPath, config)
    const ids = cast(config)
      .steady.slice(0, 512)
      .map(({ id }) => id)
    const constants = await answersOf(path, [`/v1/users/${ids[0]}`, '/v1/users?limit=25'])
    const servers = []
    try {
      for (const name of ['ours', 'constant', 'text', 'bare', 'peer']) {
        servers.push(await startServer(name, [name === 'peer' ? peerPath : path, key, ...constants]))
      }
      const asAdmin = { Cookie: peerCookie(peerAdmin.token) }
      const requestsFor = (ours, peer) => (name) =>
        name === 'peer' ? peer.map((url) => request(url, asAdmin)) : ours.map((url) => request(url, ourHeaders))
      const one = requestsFor(
        ids.map((id) => `/v1/users/${id}`),
        ids.map((id) => `/api/auth/admin/get-user?id=${id}`),
      )
      const page = requestsFor(
        ['/v1/users?limit=25'],
        ['/api/auth/admin/list-users?limit=25&sortBy=createdAt&sortDirection=asc'],
      )
      return [
        { title: 'GET /v1/users/{userId}', columns, rows: await timeAll(servers, one, options) },
        { title: 'GET /v1/users?limit=25, with its total', columns, rows: await timeAll(servers, page, options) },
      ]
    } finally {
      for (const { child } of servers) child.kill()
    }
  },
}

/** What our router answers: the constants are to be of the same size. */
async function answersOf(path, urls) {
  const users = createUsersService({ storage: sqliteStorage(path) })
  const listener = expressUsers({ users, authorize: apiKeys([key]), prefix: '/v1' })
  const answers = []
  for (const url of urls) answers.push(await oneAnswer(listener, url, ourHeaders))
  await users.close()
  return answers
}

async function startServer(name, args) {
  const child = fork(serverFile, [name, ...args], { env: { ...process.env, NODE_ENV: 'production' } })
  const [port] = await once(child, 'message')
  return {
    name,
    port,
    child,
    async processorTime() {
      child.send('processor time?')
      const [{ user, system }] = await once(child, 'message')
      return user + system
    },
  }
}

function request(path, headers) {
  const lines = Object.entries({ Host: '127.0.0.1', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  return `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`
}

async function timeAll(servers, requestsFor, { rounds, slice, warm }) {
  const loads = {}
  for (const { name, port } of servers) loads[name] = await createLoad(port, requestsFor(name))
  for (const load of Object.values(loads)) await load.run(warm)
  const perSecond = []
  const processor = []
  for (let round = 0; round < rounds; round++) {
    const rates = {}
    const costs = {}
    for (let turn = 0; turn < servers.length; turn++) {
      const { name, processorTime } = servers[(round + turn) % servers.length]
      const before = await processorTime()
      const { requests: answered, perSecond: rate } = await loads[name].run(slice)
      rates[name] = rate
      costs[name] = ((await processorTime()) - before) / answered
    }
    perSecond.push(rates)
    processor.push(costs)
    progress()
  }
  for (const load of Object.values(loads)) load.close()
  return servers.map(({ name }) => ({
    name,
    perSecond: median(perSecond.map((rates) => rates[name])),
    processorMicroseconds: median(processor.map((costs) => costs[name])),
    ...(name !== 'ours' && {
      ratio: ratioOf(perSecond, 'ours', name),
      processorRatio: ratioOf(processor, name, 'ours'),
    }),
  }))
}

const titles = {
  ours: 'rollbook on Express 5',
  constant: 'Express 5, `response.json(constant)`',
  text: 'Express 5, `app.use`, a ready text',
  bare: 'node:http, a ready text',
  peer: 'better-auth on Express 5',
}

const columns = [
  ['server', ({ name }) => titles[name]],
  ['requests/s', ({ perSecond }) => thousands(perSecond)],
  ['processor µs', ({ processorMicroseconds }) => microseconds(processorMicroseconds)],
  ['rollbook’s rate to it', ({ ratio }) => (ratio ? ratioAndSpread(ratio) : '')],
  ['the same by processor time', ({ processorRatio }) => (processorRatio ? ratioAndSpread(processorRatio) : '')],
]
