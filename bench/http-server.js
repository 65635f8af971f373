/**
 * One of the servers of the table `http`, in a process of its own, so that none slows another. Tells its parent its port,
 * and its own processor time whenever it is asked.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import express from 'express'
import { createUsersService } from 'rollbook'
import { apiKeys, expressUsers } from 'rollbook/express'
import { sqliteStorage } from 'rollbook/sqlite'
import { instantHasher } from './data.js'

const [name, path, key, one, page] = process.argv.slice(2)
// For the constants, what our router has answered: the sizes are the same.
const textFor = (url) => (url.includes('?') ? page : one)

const servers = {
  ours() {
    const users = createUsersService({ storage: sqliteStorage(path), passwords: instantHasher })
    return express().use('/v1', expressUsers({ users, authorize: apiKeys([key]) }))
  },
  constant() {
    const [oneValue, pageValue] = [JSON.parse(one), JSON.parse(page)]
    return express()
      .get('/v1/users/:userId', (_, response) => response.json(oneValue))
      .get('/v1/users', (_, response) => response.json(pageValue))
  },
  text: () => express().use('/v1', ({ url }, response) => sendText(response, textFor(url))),
  bare:
    () =>
    ({ url }, response) =>
      sendText(response, textFor(url)),
  async peer() {
    // Only in its own process: the others are to load nothing of it.
    const [{ toNodeHandler }, { peerService }] = await Promise.all([import('better-auth/node'), import('./peer.js')])
    return express().all('/api/auth/*splat', toNodeHandler(peerService(path).auth))
  },
}

const server = createServer(await servers[name]())
// A connection waits while the others have their turns.
server.keepAliveTimeout = 0
await once(server.listen(0, '127.0.0.1'), 'listening')
process.on('message', () => process.send(process.cpuUsage()))
process.send(server.address().port)

function sendText(response, text) {
  response.writeHead(200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  })
  response.end(text)
}
