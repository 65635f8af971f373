import { afterEach, expect, test } from 'vitest'
import { createTestUsers } from '../../src/testing/index.js'
import { compiledBlocks } from './code-blocks.js'

interface FakeSpan {
  readonly name: string
  readonly attributes: Record<string, string>
  status?: { readonly code: number; readonly message: string }
  ended: number
}

const page = await compiledBlocks('observability', 'docs/observability.md')
const { compiled } = page.find(({ code }) => code.includes('function traceUsers(')) ?? {}
// The code of the page, as it stands there.
const { traceUsers } = (await import(compiled ?? '')) as { traceUsers(tracer: object): () => void }

const spans: FakeSpan[] = []
const tracer = {
  startSpan(name: string, { attributes }: { attributes: Record<string, string> }) {
    const span: FakeSpan = { name, attributes: { ...attributes }, ended: 0 }
    spans.push(span)
    return {
      setAttribute: (key: string, value: string) => Object.assign(span.attributes, { [key]: value }),
      setStatus: (status: { code: number; message: string }) => Object.assign(span, { status }),
      end: () => void span.ended++,
    }
  },
}
let stop = () => {}

afterEach(() => {
  stop()
  spans.length = 0
})

test('the bridge makes one span of each call, and ends it once', async () => {
  const { users } = createTestUsers()
  stop = traceUsers(tracer)
  await users.createUser({ email: 'ada@example.com', id: 'ada' })
  await Promise.all([users.getUser('ada'), users.updateUserName('ada', { name: 'Ada' })])
  expect(spans).toEqual([
    { name: 'rollbook createUser', attributes: { 'rollbook.operation': 'createUser' }, ended: 1 },
    { name: 'rollbook getUser', attributes: { 'rollbook.operation': 'getUser', 'user.id': 'ada' }, ended: 1 },
    {
      name: 'rollbook updateUserName',
      attributes: { 'rollbook.operation': 'updateUserName', 'user.id': 'ada' },
      ended: 1,
    },
  ])
})

test('a refusal is named on its span, and a failure is one of the span', async () => {
  let fault: Error | undefined
  const { users } = createTestUsers({
    beforeCreate() {
      if (fault) throw fault
      return 'not today'
    },
  })
  stop = traceUsers(tracer)
  const email = 'ada@example.com'
  for (const call of [
    () => users.getUser('nobody'),
    () => users.signIn({ email, password: 'wrong horse' }),
    () => users.createUser({ email }),
    () => users.listUsers({ limit: -1 }),
  ]) {
    await expect(call()).rejects.toThrow()
  }
  fault = new Error('the directory is down')
  await expect(users.createUser({ email })).rejects.toBe(fault)
  await users.close()
  await expect(users.getUser('nobody')).rejects.toThrow()
  expect(spans.map(({ attributes, status, ended }) => [attributes['error.type'], status, ended])).toEqual([
    ['user-not-found', undefined, 1],
    ['invalid-credentials', undefined, 1],
    ['user-refused', undefined, 1],
    ['invalid-input', undefined, 1],
    ['unexpected', { code: 2, message: 'Error: the directory is down' }, 1],
    ['closed', { code: 2, message: 'ClosedError: the users service is closed' }, 1],
  ])
})

test('a bridge that is taken away makes no more spans', async () => {
  const { users } = createTestUsers()
  traceUsers(tracer)()
  await users.listUsers()
  expect(spans).toEqual([])
})
