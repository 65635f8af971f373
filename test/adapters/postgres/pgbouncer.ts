import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { databaseOf, serverUrl, type TestDatabase } from './databases.js'
import { freePort, serverOwner } from './own-server.js'

/** Whether PgBouncer is there. */
export const canPool = (() => {
  try {
    execFileSync('pgbouncer', ['--version'])
    return true
  } catch {
    return false
  }
})()

/** The server behind a PgBouncer of its own, which lends each of its few connections for one transaction. */
export async function pooledDatabase(): Promise<TestDatabase> {
  const server = new URL(serverUrl)
  const name = server.pathname.slice(1)
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'rollbook-pgbouncer-'))
  const owner = serverOwner()
  const config = join(folder, 'pgbouncer.ini')
  const password = server.password === '' ? '' : `password='${decodeURIComponent(server.password)}'`
  writeFileSync(
    config,
    `[databases]
${name} = host=${server.hostname} port=${server.port || 5432} user=${server.username} ${password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 4
max_client_conn = 200
`,
  )
  if (owner) for (const path of [folder, config]) chownSync(path, owner.uid, owner.gid)
  const pooler = spawn('pgbouncer', ['-q', config], { ...owner, cwd: folder, stdio: 'ignore' })
  const end = once(pooler, 'exit')
  const url = Object.assign(new URL(serverUrl), { host: `127.0.0.1:${port}` }).href
  await reached(url)
  return databaseOf(url, {}, async () => {
    pooler.kill('SIGINT')
    await end
    rmSync(folder, { recursive: true })
  })
}

async function reached(url: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    const client = new Client({ connectionString: url })
    try {
      await client.connect()
      return await client.end()
    } catch (error) {
      if (tries === 100) throw error
      await pause(50)
    }
  }
}
