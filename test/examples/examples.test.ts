import { type ChildProcess, spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { createUsersService } from '../../src/index.js'

const credentials = { email: 'ada@example.com', password: 'correct horse' }
const apiKey = 'k'.repeat(32)
const tokenSecret = 't'.repeat(32)

let folder: string
let child: ChildProcess | undefined
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rollbook-examples-'))
})
afterEach(async () => {
  if (child && child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  await rm(folder, { recursive: true })
})

/** Makes Ada, who administrates, in the file that the example is to open. */
async function ada() {
  await using users = createUsersService({ storage: sqliteStorage(path.join(folder, 'users.db')) })
  const { id } = await users.createUser({ ...credentials, prefs: { isAdmin: true } })
  return { id, ...(await users.createUserSession(id)) }
}

async function start(example: string) {
  const { PATH = '' } = process.env
  const env = { PATH, PORT: '0', DATABASE: path.join(folder, 'users.db'), API_KEY: apiKey, TOKEN_SECRET: tokenSecret }
  const server = path.join(import.meta.dirname, '../../examples', example, 'server.js')
  const started = spawn(process.execPath, [server], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  child = started
  const [line] = await once(started.stdout.setEncoding('utf8'), 'data')
  const url = /^listening on (\S+)/.exec(String(line))?.[1]
  if (url === undefined) throw new Error(`the example said ${line}`)
  return url
}

function token(claims: object): string {
  const parts = [{ alg: 'HS256', typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  )
  return `${parts.join('.')}.${createHmac('sha256', tokenSecret).update(parts.join('.')).digest('base64url')}`
}

const inAnHour = () => Math.floor(Date.now() / 1000) + 3600

test.each([
  ['koa', () => ({ 'X-Appwrite-Key': apiKey })],
  ['fastify', () => ({ Authorization: `Bearer ${token({ sub: 'boss', admin: true, exp: inAnHour() })}` })],
  ['hono', (secret: string) => ({ Authorization: `Bearer ${secret}` })],
] as const)(
  'the example of %s signs in, shows who is there, and throws out who is blocked',
  async (example, asAdmin) => {
    const { id, secret } = await ada()
    const url = await start(example)
    const json = { 'Content-Type': 'application/json' }
    const signIn = (body: object) =>
      fetch(`${url}/sign-in`, { method: 'POST', headers: json, body: JSON.stringify(body) })
    expect((await signIn({ ...credentials, password: 'wrong horse' })).status).toBe(401)
    const signedIn = await signIn(credentials)
    expect(signedIn.status).toBe(204)
    const cookie = /session=[\w-]{43}/.exec(signedIn.headers.get('set-cookie') ?? '')?.[0] ?? ''
    const me = () => fetch(`${url}/me`, { headers: { Cookie: cookie } })
    expect(await (await me()).json()).toEqual({ id, email: credentials.email, name: '' })
    expect((await fetch(`${url}/me`)).status).toBe(401)

    expect((await fetch(`${url}/v1/users`)).status).toBe(401)
    const admin = asAdmin(secret)
    expect(await (await fetch(`${url}/v1/users`, { headers: admin })).json()).toMatchObject({ sum: 1 })
    const blocked = await fetch(`${url}/v1/users/${id}/status`, {
      method: 'PATCH',
      headers: { ...json, ...admin },
      body: JSON.stringify({ status: 2 }),
    })
    expect(blocked.status).toBe(200)
    expect((await me()).status).toBe(401)
    expect((await fetch(`${url}/nowhere`)).status).toBe(404)

    const exited = once(child as ChildProcess, 'exit')
    child?.kill('SIGTERM')
    expect(await exited).toEqual([0, null])
  },
)

test('a token that is forged, expired or of nobody special administrates nothing in the example of Fastify', async () => {
  await ada()
  const url = await start('fastify')
  const good = token({ sub: 'boss', admin: true, exp: inAnHour() })
  const [head, , signature] = good.split('.')
  const forged = `${head}.${Buffer.from('{"sub":"boss","admin":true,"exp":9999999999}').toString('base64url')}.${signature}`
  const refused = [
    forged,
    good.slice(0, -1),
    token({ sub: 'boss', admin: true, exp: 1 }),
    token({ sub: 'boss', admin: 'yes', exp: inAnHour() }),
    token({ sub: 'boss', admin: true }),
  ]
  for (const sent of refused) {
    const answer = await fetch(`${url}/v1/users`, { headers: { Authorization: `Bearer ${sent}` } })
    expect(answer.status).toBe(401)
  }
})
