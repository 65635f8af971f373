import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

/** How a command ended. */
export interface Ended {
  /** The exit code, or the name of the signal that ended it. */
  readonly code: number | string
  readonly stdout: string
  readonly stderr: string
}

// A compilation of better-sqlite3 takes about one minute, on a busy machine several.
const patienceMs = 600_000

/** Runs a command to its end, whatever that is. */
export async function ended(
  program: string,
  args: readonly string[],
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<Ended> {
  // With a group of its own, so that a compiler it has started does not outlive it.
  const child = spawn(program, args, { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const timer = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), patienceMs)
  const code = new Promise<number | string>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (number, signal) => resolve(number ?? signal ?? 1))
  })
  try {
    const [end, stdout, stderr] = await Promise.all([code, text(child.stdout), text(child.stderr)])
    return { code: end, stdout, stderr }
  } finally {
    clearTimeout(timer)
  }
}

/** Runs a command that must end well. */
export async function succeeded(
  program: string,
  args: readonly string[],
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<Ended> {
  const end = await ended(program, args, folder, env)
  if (end.code === 0) return end
  throw new Error(
    `${program} ${args.join(' ')} ended with ${end.code}\n${end.stdout.slice(-4000)}\n${end.stderr.slice(-4000)}`,
  )
}

/** The environment without what the npm or the test runner that runs this has put there. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|VITEST|NODE_ENV$|NODE_OPTIONS$|TEST$)/i.test(name),
  )
  return Object.fromEntries(entries)
}
