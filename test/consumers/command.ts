import { execFile } from 'node:child_process'

/** How a command ended. */
export interface Ended {
  /** The exit code, or the name of the signal that ended it. */
  readonly code: number | string
  readonly stdout: string
  readonly stderr: string
}

// A compilation of better-sqlite3 takes about one minute, on a busy machine more.
const patienceMs = 240_000

/** Runs a command to its end, whatever that is. */
export function ended(
  program: string,
  args: readonly string[],
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<Ended> {
  const options = { cwd: folder, env, timeout: patienceMs, killSignal: 'SIGKILL', maxBuffer: 2 ** 26 } as const
  return new Promise((resolve) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      resolve({ code: error ? (error.signal ?? error.code ?? 1) : 0, stdout, stderr })
    })
  })
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
