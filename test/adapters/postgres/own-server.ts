import { execFileSync } from 'node:child_process'
import { chownSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

/** Whether the programs are there with which a server can be made for a test. */
export const canMakeServers = (() => {
  try {
    execFileSync('initdb', ['--version'])
    return true
  } catch {
    return false
  }
})()

/** Makes a server of its own, which may be restarted without harm to anybody. */
export async function ownServer() {
  return started((data, run) =>
    run('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale', 'C'),
  )
}

/** Makes a standby that follows a server, under a name that the server may wait for. */
export async function standbyOf(url: string, name: string) {
  const { hostname, port } = new URL(url)
  const primary = `host=${hostname} port=${port} user=postgres application_name=${name}`
  return started((data, run) => run('pg_basebackup', '-D', data, '-d', primary, '-R', '-X', 'stream', '-c', 'fast'))
}

type Run = (program: string, ...args: string[]) => void

async function started(fill: (data: string, run: Run) => void) {
  const folder = mkdtempSync(join(tmpdir(), 'rollbook-postgres-'))
  const owner = serverOwner()
  if (owner) chownSync(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  const env = { ...process.env, PATH: programs() }
  const run: Run = (program, ...args) => {
    execFileSync(program, args, { ...owner, env, cwd: folder, stdio: 'ignore' })
  }
  const port = await freePort()
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`
  const control = (...args: string[]) => run('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), ...args)
  fill(data, run)
  control('-o', settings, 'start')
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    address: `127.0.0.1:${port}`,
    start: () => control('-o', settings, 'start'),
    /** Stops at once, as a crash does. */
    halt: () => control('-m', 'immediate', 'stop'),
    /** Kills every process of the server. */
    kill() {
      const [pid] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
      process.kill(Number(pid), 'SIGKILL')
    },
    promote: () => control('promote'),
    restart: () => control('-m', 'immediate', 'restart'),
    stop() {
      try {
        control('-m', 'immediate', 'stop')
      } catch {
        // It has ended already.
      }
      rmSync(folder, { recursive: true })
    },
  }
}

/** Who runs servers: PostgreSQL refuses to run as root. */
export function serverOwner(): { readonly uid: number; readonly gid: number } | undefined {
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : undefined
}

/** Where to look for programs: some of a server's are only where the others really are. */
function programs(): string {
  const path = process.env['PATH'] ?? ''
  const initdb = execFileSync('sh', ['-c', 'command -v initdb'], { encoding: 'utf8' }).trim()
  return [path, dirname(realpathSync(initdb))].join(delimiter)
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
