import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'

// In the folder that it is about, so that whoever deletes that has everything built anew.
const changedOnly = ['--incremental', '--tsBuildInfoFile', 'dist/.tsbuildinfo']

/** Builds what child processes, examples and the packed tarball run, once before all tests. */
export function setup(): void {
  const tsc = path.join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc')
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', ...changedOnly], { stdio: 'inherit' })
}
