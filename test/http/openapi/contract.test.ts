import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { expect, test } from 'vitest'
import { fetchUsers } from '../../../adapters/fetch/index.js'
import { classicRoutes } from '../../../src/http/dialects/classic/routes.js'
import { createMatcher } from '../../../src/http/matcher.js'
import { targetOf } from '../../../src/http/node-request.js'
import type { StartHttp } from '../../../src/testing/http-contract/contract.js'
import { httpContract } from '../../../src/testing/http-contract/index.js'
import { keptLogger } from '../../../src/testing/http-contract/spies.js'
import { fetchRefusals } from '../framework-refusals.js'
import { listen } from '../listen.js'
import { describedOperations } from './described.js'
import { faults } from './fits.js'

interface Answered {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly text: string
}

const match = createMatcher(classicRoutes)

test('every answer of an operation that the HTTP contract gets is one that the document describes', async () => {
  const answers: Answered[] = []
  const laws: (() => Promise<void>)[] = []
  httpContract({ test: (_, run) => laws.push(run), start: recording(answers), skip: fetchRefusals })
  for (const run of laws) await run()
  const judged = answers.map((answer) => ({ ...answer, wrong: wrongIn(answer) }))
  expect(judged.filter(({ wrong }) => wrong !== undefined)).toEqual([])
  expect(judged.length).toBeGreaterThan(1000)
})

function recording(answers: Answered[]): StartHttp {
  return (options) => {
    const handler = fetchUsers({ logger: keptLogger(), ...options })
    return listen(
      getRequestListener(async (request, env) => {
        const { incoming } = env as HttpBindings
        const response = await handler(request, { ip: incoming.socket.remoteAddress })
        const { path } = targetOf(request.url)
        answers.push({ method: request.method, path, status: response.status, text: await response.clone().text() })
        return response
      }),
    )
  }
}

function wrongIn({ method, path, status, text }: Answered): unknown {
  const found = match(path)?.byMethod.get(method === 'HEAD' ? 'GET' : method)
  // A path of the host's, a method that is of no operation, or what only clients of long ago send.
  if (!found || path.endsWith('/:session')) return undefined
  const operation = describedOperations.find((one) => one.operation.operationId === found.operation)?.operation
  const response = operation?.responses[status]
  if (!response) return `${found.operation} answers no ${status}`
  if (method === 'HEAD') return text === '' ? undefined : 'HEAD has a body'
  const { schema, examples } = response.content['application/json']
  const body: unknown = JSON.parse(text)
  const faulty = faults(schema, body)
  if (Array.isArray(faulty) && faulty.length > 0) return faulty
  const types = Object.values(examples).map(({ value }) => typeIn(value))
  return status < 400 || types.includes(typeIn(body)) ? undefined : `${found.operation} answers no ${typeIn(body)}`
}

function typeIn(body: unknown): unknown {
  return Object(body).type
}
