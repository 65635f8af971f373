import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file system of its own, which may be filled without harm to anybody. */
export interface SmallDisk {
  readonly folder: string
  resize(kibibytes: number): void
  remove(): void
}

/** Makes one in memory, or answers `undefined` where only an administrator may. */
export function smallDisk(kibibytes: number): SmallDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'rollbook-disk-'))
  const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'ignore' })
  try {
    run('mount', '-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', folder)
  } catch {
    rmdirSync(folder)
    return undefined
  }
  return {
    folder,
    resize: (size) => void run('mount', '-o', `remount,size=${size}k`, folder),
    remove() {
      // Also when a failed test has left a file open.
      run('umount', '--lazy', folder)
      rmdirSync(folder)
    },
  }
}
