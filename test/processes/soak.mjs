// Leads many short lives of users, with every operation and many refusals, in process and over HTTP:
// <file or server> <schema> <operations until a mark>...
// At each mark it collects garbage, and notes what the process holds. Sends the marks and all warnings.
import { getEventListeners, once } from 'node:events'
import { createServer } from 'node:http'
import { setImmediate as otherWork } from 'node:timers/promises'
import { apiKeys, expressUsers } from '../../dist/adapters/express/index.js'
import { postgresStorage } from '../../dist/adapters/postgres/index.js'
import { sqliteStorage } from '../../dist/adapters/sqlite/index.js'
import { createUsersService } from '../../dist/src/index.js'
import { insecureHasher } from '../../dist/src/testing/index.js'

const [database, schema, ...until] = process.argv.slice(2)
const storage = database.startsWith('postgres')
  ? postgresStorage({ connectionString: database, max: 4 }, { schema })
  : sqliteStorage(database, { synchronous: 'normal' })
const warnings = []
process.on('warning', ({ name, message }) => warnings.push(`${name}: ${message}`))
const quiet = { warn() {}, error() {} }
const users = createUsersService({ storage, passwords: insecureHasher(), logger: quiet, onEvent: () => {} })
const server = createServer(expressUsers({ users, logger: quiet, authorize: apiKeys(['key']) })).listen(0, '127.0.0.1')
await once(server, 'listening')
const url = `http://127.0.0.1:${server.address().port}`

// One for all calls, as that of a host which ends with its process.
const { signal } = new AbortController()
const password = 'correct horse'
let operations = 0
const refused = {}

async function tried(call) {
  operations++
  try {
    return await call()
  } catch (error) {
    refused[error.code] = (refused[error.code] ?? 0) + 1
  }
}

async function overHttp(method, path, json) {
  operations++
  const headers = { 'X-Appwrite-Key': 'key', 'Content-Type': 'application/json' }
  const answer = await fetch(url + path, { method, headers, ...(json && { body: JSON.stringify(json) }) })
  await answer.arrayBuffer()
}

async function life(name) {
  const email = `${name}@example.com`
  const by = { actor: name, ip: '192.0.2.1', userAgent: 'curl/8.5.0' }
  const { id } = await tried(() => users.createUser({ email, password, name }, { by, signal }))
  await tried(() => users.createUser({ email, password }))
  await tried(() => users.updateUserPrefs(id, { prefs: { name } }, { by, signal }))
  await tried(() => users.updateUserPrefs(id, { prefs: [] }))
  await tried(() => users.signIn({ email, password: 'wrong horse' }, { signal }))
  const { secret, session } = await tried(() => users.signIn({ email, password }, { by, signal }))
  await tried(() => users.verifyUserSession(secret))
  await tried(() => users.getUserSessions(id, { total: true }))
  await tried(() => users.deleteUserSession(id, session.id))
  await tried(() => users.deleteUserSession(id, session.id))
  await tried(() => users.verifyUserSession(secret))
  await tried(() => users.createUserSession(id))
  await tried(() => users.updateUserStatus(id, { status: 'blocked' }))
  await tried(() => users.signIn({ email, password }))
  await tried(() => users.updateUserStatus(id, { status: 'active' }))
  await tried(() => users.updateUserPassword(id, { password: 'battery staple' }, { signal }))
  await tried(() => users.getUser(id, { signal: AbortSignal.abort() }))
  await tried(() => users.recordUserActivity(id, { event: 'tea.made' }))
  await tried(() => users.listUsers({ search: name, total: true }))
  await tried(() => users.getUserLogs(id))
  await overHttp('GET', '/users?limit=5')
  await overHttp('PATCH', `/users/${id}/prefs`, { prefs: { theme: 'dark' } })
  await overHttp('DELETE', `/users/${id}/sessions`)
  await overHttp('GET', `/users/${name}-nobody`)
  await tried(() => users.sweep())
  await tried(() => users.deleteUser(id, { by }))
  await tried(() => users.getUser(id))
}

async function callers(until) {
  let lives = 0
  async function caller(number) {
    while (operations < until) await life(`c${number}n${lives++}o${operations}`)
  }
  await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(caller))
}

async function mark(until) {
  await callers(until)
  // What is to be freed by a turn of the loop, or by a finalizer, is free after some.
  for (let turns = 0; turns < 10; turns++) {
    globalThis.gc()
    await otherWork()
  }
  const counted = {}
  for (const kind of process.getActiveResourcesInfo()) counted[kind] = (counted[kind] ?? 0) + 1
  const { Timeout, Immediate, ...handles } = counted
  const listeners = process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0)
  const heapBytes = process.memoryUsage().heapUsed
  return { operations, heapBytes, handles, listeners, signalListeners: getEventListeners(signal, 'abort').length }
}

process.once('message', async () => {
  const marks = []
  for (const operations of until) marks.push(await mark(Number(operations)))
  server.closeAllConnections()
  server.close()
  await users.close()
  process.send({ marks, warnings, refused })
  process.disconnect()
})
process.send('ready')
