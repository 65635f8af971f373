import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { apiKeys } from '../../adapters/express/index.js'
import type { StartedHttp } from '../../src/testing/http-contract/contract.js'
import { createTestUsers } from '../../src/testing/test-users.js'
import { exchange } from '../attack/raw-http.js'
import { type Mount, mounts } from './mounts.js'
import { rawRefusals } from './raw-refusals.js'
import { type RawRow, rawRequestOf, rawRows } from './raw-rows.js'

beforeAll(() => {
  // Where the frameworks print what their parsers refuse.
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})

afterAll(() => {
  vi.restoreAllMocks()
})

function expected({ name, parser }: Mount, row: RawRow): number {
  const refusal = rawRefusals.find(({ mounts, rows }) => mounts.test(name) && row.name in rows)
  return refusal?.rows[row.name] ?? (parser ? (row.parsed ?? row.status) : row.status)
}

describe.each(mounts)('$name', (mount) => {
  const { users } = createTestUsers()
  let server: StartedHttp

  beforeAll(async () => {
    await users.createUser({ id: 'user1', email: 'ada@example.com' })
    server = await mount.start({ users, authorize: apiKeys(['key']) })
  })

  afterAll(() => server.stop())

  test.each(rawRows.map((row) => ({ ...row, is: expected(mount, row) })))(
    'the same bytes have the same answer on every mount: $name is $is [B-148]',
    async ({ is, ...row }) => {
      const answer = await exchange(server.url, rawRequestOf(row, new URL(server.url).pathname.replace(/\/$/, '')))
      const created = (await users.listUsers()).items.filter(({ id }) => id !== 'user1')
      for (const { id } of created) await users.deleteUser(id)
      expect([answer?.status ?? 0, created.length]).toEqual([is, is === 201 ? 1 : 0])
    },
  )
})

test('each refusal of a framework names rows and mounts that there are', () => {
  for (const { mounts: some, rows } of rawRefusals) {
    expect(
      mounts.some(({ name }) => some.test(name)),
      String(some),
    ).toBe(true)
    for (const name of Object.keys(rows)) expect(rawRows.map((row) => row.name)).toContain(name)
  }
})
