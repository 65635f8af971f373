import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'

/** Builds what child processes, examples and the packed tarball run, once before all tests. */
export function setup(): void {
  const compiler = createRequire(import.meta.url).resolve('typescript/package.json')
  const tsc = new URL('bin/tsc', `file://${compiler}`)
  try {
    execFileSync(process.execPath, [tsc.pathname, '-p', 'tsconfig.build.json'], { stdio: 'ignore' })
  } catch {}
}
