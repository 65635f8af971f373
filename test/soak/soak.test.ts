import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { serverDatabase, serverUrl } from '../adapters/postgres/databases.js'
import { started } from '../processes/started.js'

const rounds = Number(process.env['ROLLBOOK_ROUNDS'] ?? 10)
// 500 and 1,500 operations, or with 100 rounds 50,000 and 150,000.
const marks = [5 * rounds ** 2, 15 * rounds ** 2]
const timeout = 60_000 + 100 * rounds ** 2

interface Mark {
  readonly operations: number
  readonly heapBytes: number
  readonly handles: Readonly<Record<string, number>>
  readonly listeners: number
  readonly signalListeners: number
}
interface Soak {
  readonly marks: readonly [Mark, Mark]
  readonly warnings: readonly string[]
  readonly refused: Readonly<Record<string, number>>
}

async function soak(database: string, schema: string): Promise<void> {
  const execArgv = ['--expose-gc']
  const soaking = await started('soak.mjs', [database, schema, ...marks.map(String)], { execArgv })
  const { marks: found, warnings, refused } = await soaking.ask<Soak>('go')
  expect(await soaking.ended).toEqual([0, null])
  const [first, last] = found
  console.log(`${last.operations} operations, heap ${first.heapBytes} to ${last.heapBytes} bytes after collection`)
  expect(warnings).toEqual([])
  expect(last.operations).toBeGreaterThanOrEqual(marks[1] ?? 0)
  // Each life of a user meets each of them; `20` is that of an aborted signal.
  const expected = ['20', 'email-taken', 'invalid-credentials', 'invalid-input', 'invalid-session', 'session-not-found']
  expect(Object.keys(refused).toSorted()).toEqual([...expected, 'user-not-found'])
  expect(last.heapBytes).toBeLessThan(1.1 * first.heapBytes)
  // Connections that are kept alive come and go, and everything else stays.
  const { TCPSocketWrap: connections, ...others } = last.handles
  expect(connections).toBeLessThanOrEqual(24)
  expect({ ...others, TCPSocketWrap: first.handles['TCPSocketWrap'] }).toEqual(first.handles)
  expect([last.listeners, last.signalListeners]).toEqual([first.listeners, 0])
}

test(
  'many lives of users leave the heap, the handles and the listeners of the process as they were: an SQLite file [B-113]',
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'rollbook-soak-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    await soak(path.join(folder, 'users.db'), '')
  },
  timeout,
)

test.runIf(serverUrl)(
  'many lives of users leave the heap, the handles and the listeners of the process as they were: a PostgreSQL server [B-113]',
  async () => {
    const database = serverDatabase()
    onTestFinished(database.close)
    await soak(serverUrl, database.newSchema())
  },
  timeout,
)
