import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const canTrace = (() => {
  try {
    execFileSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

/** What a process told on its first line of output, and which files it synced before that, in the order it did. */
function traced(file: string): string[] {
  const trace = join(file, '../trace')
  const program = join(import.meta.dirname, '../../../processes/write-and-tell.mjs')
  const calls = ['-f', '-y', '-s', '64', '-e', 'trace=fdatasync,fsync,write', '-o', trace]
  execFileSync('strace', [...calls, process.execPath, program, file], { stdio: 'ignore' })
  return readFileSync(trace, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const synced = /(?:fdatasync|fsync)\(\d+<([^>]*)>/.exec(line)?.[1]
      if (synced !== undefined) return [`synced ${synced.slice(file.length)}`]
      return /write\(1<[^>]*>, "acknowledged: (\w+)/.exec(line)?.[1] ?? []
    })
}

// Where a process may not be traced, `sqlite-storage.test.ts` still looks at the setting that makes SQLite do this, and
// `group-commit/sharing.test.ts` at the order of the commit and what is told of it.
test.runIf(canTrace)('the log is on the disk before a write is acknowledged, each single one [B-97]', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollbook-syncs-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const done = traced(join(folder, 'users.db'))
  const acknowledged = ['created', '0', '1', '2', '3', '4', '5', '6']
  const after = done.slice(done.indexOf('opened') + 1)
  for (const what of acknowledged) {
    const before = after.splice(0, after.indexOf(what) + 1)
    expect(before.filter((one) => one === 'synced -wal').length, what).toBeGreaterThanOrEqual(1)
    expect(before.at(-1)).toBe(what)
  }
})
