import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { compiledBlocks } from './code-blocks.js'

const folder = mkdtempSync(path.join(os.tmpdir(), 'rollbook-guide-'))
const app = (await compiledBlocks('guide', 'docs/guide.md')).find(({ code }) => code.includes("app.post('/sign-up'"))
const env = { ...process.env, PORT: '0', API_KEY: 'a-key' }
const child = spawn(process.execPath, [app?.compiled ?? ''], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] })
afterAll(() => {
  child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const port = await new Promise<string>((resolve, reject) => {
  child.once('exit', (code) => reject(new Error(`the app ended with ${code}`)))
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text
    const found = /port: (\d+)/.exec(printed)?.[1]
    if (found !== undefined) resolve(found)
  })
})

async function ask(
  path: string,
  { method = 'GET', cookie = '', body }: { method?: string; cookie?: string; body?: object } = {},
) {
  const headers = { cookie, 'content-type': 'application/json', 'x-appwrite-key': 'a-key' }
  const url = `http://127.0.0.1:${port}${path}`
  const response = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  const text = await response.text()
  const given = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return { status: response.status, body: text && JSON.parse(text), cookie: given }
}
const post = (path: string, body: object, cookie = '') => ask(path, { method: 'POST', body, cookie })

const grace = { email: 'grace@example.com', password: 'correct horse battery', name: 'Grace' }

test('the app of the guide signs up, in and out, changes passwords, and throws out who is blocked', async () => {
  const signedUp = await post('/sign-up', grace)
  expect(signedUp).toMatchObject({ status: 201, cookie: expect.stringMatching(/^session=[\w-]{43}$/) })
  expect(await post('/sign-up', grace)).toMatchObject({ status: 409, body: { error: 'email-taken' } })
  expect(await post('/sign-up', { ...grace, email: 'none' })).toMatchObject({ status: 400, body: { field: 'email' } })
  expect(await ask('/me', { cookie: signedUp.cookie })).toMatchObject({ status: 200, body: { name: 'Grace' } })

  const change = { old: grace.password, password: 'a better one' }
  expect(await post('/password', { ...change, old: 'a wrong one' }, signedUp.cookie)).toMatchObject({ status: 401 })
  expect(await post('/password', change, signedUp.cookie)).toMatchObject({ status: 204 })
  expect(await ask('/me', { cookie: signedUp.cookie })).toMatchObject({ status: 401 })

  const better = { email: grace.email, password: change.password }
  const first = await post('/sign-in', better)
  expect(await post('/sign-out', {}, first.cookie)).toMatchObject({ status: 204, cookie: 'session=' })
  expect(await ask('/me', { cookie: first.cookie })).toMatchObject({ status: 401 })

  const second = await post('/sign-in', better)
  const { body: found } = await ask('/v1/users?search=grace')
  const status = { method: 'PATCH', body: { status: 2 } }
  expect(await ask(`/v1/users/${found.users[0].$id}/status`, status)).toMatchObject({ status: 200 })
  expect(await ask('/me', { cookie: second.cookie })).toMatchObject({ status: 401 })
  expect(await post('/sign-in', better)).toMatchObject({ status: 401 })
})

test('the app of the guide ends by itself when it is told to', async () => {
  const code = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  expect(await code).toBe(0)
})
