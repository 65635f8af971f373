import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashSessionSecret, newSessionSecret } from '../../src/domain/session.js'
import { argon2id } from '../../src/index.js'
import { insecureHasher } from '../../src/testing/index.js'
import { root } from '../repository/files.js'
import { passwords } from './watched-world.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rollbook-scan-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the scan of the CI over a text that might be the output of the tests. */
function scan(text: string) {
  const file = path.join(folder, 'output.txt')
  writeFileSync(file, text)
  const script = path.join(root, '.ci/scan-output.mjs')
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, file], { encoding: 'utf8' })
  return { status, told: stdout + stderr }
}

const [password = ''] = passwords
const harmless = ' ✓ test/service/sessions.test.ts (12 tests) 431ms\n   aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n'

test('the output of tests that print nothing secret passes', () => {
  const address =
    'at file:///srv/Rollbook-2/node_modules/fast-check/lib/fast-check.js:2469:16 https://example.com/aB3/cD4'
  expect(scan(`${harmless}${address}\n$argon2id$v=19$m=19456,t=2,p=1$\n`)).toMatchObject({ status: 0 })
})

test.each<{ kind: string; make: () => string | Promise<string> }>([
  { kind: 'an argon2 hash', make: () => argon2id().hash(password) },
  { kind: 'an insecure hash', make: () => insecureHasher().hash(password) },
  { kind: 'the secret of a session', make: newSessionSecret },
  { kind: 'the secret of a session', make: () => hashSessionSecret(newSessionSecret()) },
  { kind: 'a password', make: () => password },
])('output that holds $kind fails, and the finding does not repeat it [B-61]', async ({ kind, make }) => {
  const secret = await make()
  for (const line of [secret, `{ value: '${secret}' }`, `\x1b[31m${secret}\x1b[39m`, `cookie: session=${secret};`]) {
    const { status, told } = scan(`${harmless}${line}\n${harmless}`)
    expect(status, line).toBe(1)
    expect(told).toContain(`line 3 holds ${kind}`)
    expect(told).not.toContain(secret)
  }
})
