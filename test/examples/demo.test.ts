import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { createUsersService, type User, type UsersStorage } from '../../src/index.js'

const server = fileURLToPath(new URL('../../examples/express/server.js', import.meta.url))
const demoUser = { email: 'amara.okafor@example.com', password: 'a quiet lighthouse' }
const people = 31

let folder: string
let children: ChildProcess[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollbook-demo-'))
  children = []
})
afterEach(async () => {
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  await rm(folder, { recursive: true })
})

function spawnDemo(env: Record<string, string>) {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, [server], { cwd: folder, env: { PATH, PORT: '0', ...env } })
  children.push(child)
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    output.stderr += text
  })
  const closed = once(child, 'close').then(([code]) => ({ code, ...output }))
  return { child, output, closed }
}

/** Starts the demo and answers once it is ready. */
async function startDemo(env: Record<string, string> = {}) {
  const demo = spawnDemo(env)
  await Promise.race([demo.closed, once(demo.child.stdout, 'data')])
  const [first = '', ...lines] = demo.output.stdout.split('\n')
  const url = /^rollbook demo listening on (http:\/\/127\.0\.0\.1:\d+\/v1)$/.exec(first)?.[1]
  if (url === undefined) throw new Error(`the demo did not start: ${demo.output.stdout}${demo.output.stderr}`)
  const curls = lines.filter((line) => line.startsWith('curl '))
  async function stop() {
    demo.child.kill('SIGTERM')
    return demo.closed
  }
  return { ...demo, stop, curls, page: new URL('/', url).href }
}

async function bash(command = '') {
  const { stdout } = await promisify(execFile)('bash', ['-c', command])
  return JSON.parse(stdout)
}

const form = (fields: Record<string, string>): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields),
  redirect: 'manual',
})

async function signIn(page: string, credentials: Record<string, string> = demoUser) {
  const response = await fetch(new URL('/sign-in', page), form(credentials))
  const [pair = ''] = (response.headers.get('set-cookie') ?? '').split(';')
  return { response, load: () => fetch(page, { headers: { cookie: pair } }), cookie: pair }
}

describe('the demo in a shell', () => {
  test('the printed curl lines list, show and block seeded users when pasted as they are', async () => {
    const { curls } = await startDemo({ ROLLBOOK_API_KEY: `it's-$HOME-"key"` })
    expect(curls).toHaveLength(3)
    const [search, logs, block] = curls
    const list = await bash(search)
    expect(list.users.map(({ name }: { name: string }) => name)).toEqual(['José García', 'Lucía Garcia Peña'])
    const [latest, ...earlier] = await bash(logs)
    expect(latest).toMatchObject({ event: 'account.update.prefs', client: { name: 'Chrome' }, geo: { isoCode: 'ng' } })
    expect(earlier).not.toHaveLength(0)
    expect(await bash(block)).toMatchObject({ $id: 'amara-okafor', status: 2 })
    expect((await bash(logs))[0]).toMatchObject({ event: 'account.update.status', client: { name: 'curl' } })
  })

  test('what was done is there after a restart, and nobody is seeded twice', async () => {
    const env = { ROLLBOOK_DB: join(folder, 'demo.db'), ROLLBOOK_API_KEY: 'k' }
    const first = await startDemo(env)
    expect((await bash(first.curls[2])).status).toBe(2)
    const logs = await bash(first.curls[1])
    expect(await first.stop()).toMatchObject({ code: 0, stderr: '' })
    await expect(access(`${env.ROLLBOOK_DB}-wal`)).rejects.toThrow('ENOENT')

    const second = await startDemo(env)
    const list = await bash(second.curls[0]?.replace('search=garcia', 'limit=100'))
    expect(list.sum).toBe(people)
    expect(list.users.find(({ $id }: { $id: string }) => $id === 'amara-okafor').status).toBe(2)
    expect(await bash(second.curls[1])).toEqual(logs)
    expect((await signIn(second.page)).response.status).toBe(401)
  })

  test('ROLLBOOK_SEED=0 starts empty, with curl lines of its own and a page that says so', async () => {
    const { curls, page } = await startDemo({ ROLLBOOK_SEED: '0', ROLLBOOK_DB: ':memory:' })
    expect(await bash(curls[0])).toEqual({ sum: 0, users: [] })
    expect(await bash(curls[1])).toMatchObject({ name: 'Ada Lovelace', status: 0 })
    expect(await bash(curls[2])).toMatchObject({ sum: 1 })
    expect(await (await fetch(page)).text()).toContain('There is no demo user yet')
  })

  test('a seed that dies at any write is finished by the next start, and leaves what an unbroken one leaves', async () => {
    const { seed } = await import(new URL('seed.js', `file://${server}`).href)
    const { signal } = new AbortController()
    async function seeded(...deaths: number[]) {
      const storage = memoryStorage()
      for (const death of deaths) {
        let writes = 0
        const commit: UsersStorage['commit'] = async (changes) => {
          if (++writes === death) throw new Error('died')
          await storage.commit(changes)
        }
        await expect(seed({ ...storage, commit }, signal)).rejects.toThrow('died')
      }
      await seed(storage, signal)
      const users = createUsersService({ storage })
      const { items } = await users.listUsers({ limit: 100 })
      const eventsOf = async ({ id }: User) => (await users.getUserLogs(id)).items.map(({ event }) => event)
      return Promise.all(items.map(async (user) => [user.id, user.status, await eventsOf(user)]))
    }
    const unbroken = await seeded()
    expect(unbroken).toHaveLength(people)
    expect(await seeded(1, 2, 3, 40, 1, 60)).toEqual(unbroken)
  })

  test('a database that began with other users is not filled with demo ones', async () => {
    const path = join(folder, 'own.db')
    const users = createUsersService({ storage: sqliteStorage(path) })
    await users.createUser({ email: 'own@example.com' })
    await users.close()
    const { curls } = await startDemo({ ROLLBOOK_DB: path })
    expect(await bash(curls[0])).toMatchObject({ sum: 1 })
  })

  test.each([
    ['PORT', 'http', 'PORT must be a whole number'],
    ['PORT', '65536', 'PORT must be a whole number'],
    ['ROLLBOOK_API_KEY', 'two words', 'ROLLBOOK_API_KEY must be'],
    ['ROLLBOOK_DB', join('missing', 'demo.db'), 'its folder does not exist'],
  ])('a bad %s (%s) is one sentence and exit code 1', async (name, value, sentence) => {
    const { code, stdout, stderr } = await spawnDemo({ [name]: value }).closed
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(sentence)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  test('a port in use is one sentence and exit code 1', async () => {
    const memory = { ROLLBOOK_DB: ':memory:', ROLLBOOK_SEED: '0' }
    const { port } = new URL((await startDemo(memory)).page)
    const { code, stdout, stderr } = await spawnDemo({ ...memory, PORT: port }).closed
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^rollbook demo: port \d+ is in use: [^\n]+\n$/)
  })
})

describe('stopping the demo', () => {
  test('a running request is answered first, and connections that ask for nothing do not keep it', async () => {
    const demo = await startDemo({ ROLLBOOK_DB: join(folder, 'demo.db'), ROLLBOOK_API_KEY: 'k', ROLLBOOK_SEED: '0' })
    const port = Number(new URL(demo.page).port)
    const silent = connect(port, '127.0.0.1')
    const busy = connect(port, '127.0.0.1').setEncoding('utf8')
    await Promise.all([once(silent, 'connect'), once(busy, 'connect')])
    const body = JSON.stringify({ email: 'late@example.com', password: 'correct horse' })
    const head = ['POST /v1/users HTTP/1.1', 'Host: demo', 'X-Appwrite-Key: k', 'Expect: 100-continue']
    busy.write(`${[...head, 'Content-Type: application/json', `Content-Length: ${body.length}`].join('\r\n')}\r\n\r\n`)
    // The server says "100 Continue" once it has begun with the request.
    expect((await once(busy, 'data'))[0]).toContain('100 Continue')
    demo.child.kill('SIGTERM')
    await once(silent, 'close')
    busy.write(body)
    expect((await once(busy, 'data'))[0]).toContain('201 Created')
    expect(await demo.closed).toMatchObject({ code: 0, stderr: '' })
  })

  test('a second signal ends it at once', async () => {
    const demo = await startDemo({ ROLLBOOK_DB: ':memory:', ROLLBOOK_API_KEY: 'k', ROLLBOOK_SEED: '0' })
    const stuck = connect(Number(new URL(demo.page).port), '127.0.0.1')
    stuck.on('error', () => {})
    stuck.write(
      'POST /v1/users HTTP/1.1\r\nHost: demo\r\nX-Appwrite-Key: k\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n',
    )
    await once(stuck, 'data')
    const again = setInterval(() => demo.child.kill('SIGTERM'), 100)
    const { code } = await demo.closed
    clearInterval(again)
    expect(code).toBe(1)
  })
})

describe('the sign-in page', () => {
  test('shows the demo user, signs them in, and an admin’s block throws them out at the next load', async () => {
    const { page, curls } = await startDemo({ ROLLBOOK_DB: ':memory:' })
    const start = await fetch(page)
    expect(start.headers.get('content-security-policy')).toContain("default-src 'self'")
    const text = await start.text()
    expect(text).toContain(demoUser.email)
    expect(text).toContain(demoUser.password)

    const { response, load } = await signIn(page)
    expect(response.status).toBe(303)
    expect(response.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Lax$/)
    const own = await (await load()).text()
    expect(own).toContain('Signed in as Amara Okafor')
    expect(own).toContain('<td>Chrome, Android, Pixel 8<td>Nigeria, 192.0.2.70</tr>')
    expect((await bash(curls[2])).status).toBe(2)
    const after = await load()
    expect(await after.text()).toContain('You have been signed out')
    expect(after.headers.get('set-cookie')).toContain('Expires=Thu, 01 Jan 1970')
  })

  test('signing out ends the session itself, not only the cookie', async () => {
    const { page } = await startDemo({ ROLLBOOK_DB: ':memory:' })
    const { load, cookie } = await signIn(page)
    const out = await fetch(new URL('/sign-out', page), { ...form({}), headers: { cookie } })
    expect(out.status).toBe(303)
    expect(await (await load()).text()).toContain('You have been signed out')
  })

  test('tells what is wrong without telling who exists, escapes what was typed, refuses forms of other sites', async () => {
    const { page } = await startDemo({ ROLLBOOK_DB: ':memory:' })
    const wrong = await signIn(page, { ...demoUser, password: 'not the right one' })
    const unknown = await signIn(page, { email: 'nobody@example.com', password: 'not the right one' })
    expect([wrong.response.status, unknown.response.status]).toEqual([401, 401])
    const problem = 'The email or the password is wrong, or the account may not sign in.'
    expect(await wrong.response.text()).toContain(problem)
    expect(await unknown.response.text()).toContain(problem)

    const hostile = await signIn(page, { email: '"><script>alert(1)</script>' })
    expect(hostile.response.status).toBe(400)
    expect(await hostile.response.text()).not.toContain('<script')

    const foreign = { ...form(demoUser), headers: { 'sec-fetch-site': 'same-site' } }
    expect((await fetch(new URL('/sign-in', page), foreign)).status).toBe(403)
  })
})
