import { lookup } from 'node:dns/promises'
import { readFile } from 'node:fs/promises'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { createUsersService } from '../../src/index.js'

const mebibyte = 1024 * 1024

test('1,000 users created at once leave file and DNS work of the host under 250 ms, and memory bounded [B-42]', async () => {
  const users = createUsersService({ storage: sqliteStorage(':memory:') })
  // Loads the native part, whose memory is not that of the flood.
  await users.createUser({ email: 'first@example.com', password: 'correct horse' })
  const start = process.memoryUsage.rss()
  let most = start
  let worst = 0
  let probes = 0
  let isOver = false

  async function timed(work: Promise<unknown>): Promise<void> {
    const begin = performance.now()
    await work
    worst = Math.max(worst, performance.now() - begin)
  }
  async function probe(): Promise<void> {
    while (!isOver) {
      await Promise.all([timed(readFile(import.meta.filename)), timed(lookup('localhost'))])
      most = Math.max(most, process.memoryUsage.rss())
      probes++
      await pause(20)
    }
  }

  const probing = probe()
  await Promise.all(
    Array.from({ length: 1000 }, (_, n) => users.createUser({ email: `u${n}@example.com`, password: 'correct horse' })),
  )
  isOver = true
  await probing
  expect(await users.listUsers({ limit: 0, total: true })).toMatchObject({ total: 1001 })
  expect(probes).toBeGreaterThan(20)
  expect(worst).toBeLessThan(250)
  expect(most - start).toBeLessThan(150 * mebibyte)
  await users.close()
}, 120_000)
