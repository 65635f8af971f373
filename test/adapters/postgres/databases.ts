import { existsSync, openAsBlob, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { Pool, type PoolConfig } from 'pg'

/** A database that tests share, each in a schema of its own. */
export interface TestDatabase {
  readonly pool: Pool
  readonly url: string
  /** Makes a schema that nobody else has. */
  newSchema(): string
  close(): Promise<void>
}

/** The server to test on, which CI always has. */
export const serverUrl = process.env['POSTGRES_URL'] ?? ''

let schemas = 0

/** The database at an address, and what ends its server. */
export function databaseOf(
  url: string,
  config: PoolConfig,
  closeServer: () => Promise<void> = async () => {},
): TestDatabase {
  const pool = new Pool({ connectionString: url, ...config })
  const made: string[] = []
  return {
    pool,
    url,
    newSchema() {
      const schema = `rollbook_test_${process.pid}_${++schemas}`
      made.push(schema)
      return schema
    },
    async close() {
      // In steps: a drop of all at once would need more locks than a server has.
      for (const schema of made) await pool.query(`drop schema if exists "${schema}" cascade`)
      await pool.end()
      await closeServer()
    },
  }
}

/** PostgreSQL inside this process: one connection, and a choice of extensions. */
export async function pgliteDatabase({ trigrams }: { readonly trigrams: boolean }): Promise<TestDatabase> {
  const loadDataDir = await openAsBlob(await newCluster())
  const db = await PGlite.create({ loadDataDir, extensions: trigrams ? { pg_trgm } : {} })
  // Those that are lost are still there for a moment.
  const server = new PGLiteSocketServer({ db, port: 0, maxConnections: 4 })
  await server.start()
  const url = `postgres://postgres@${server.getServerConn()}/postgres`
  return databaseOf(url, { max: 1, idleTimeoutMillis: 0 }, async () => {
    await server.stop()
    await db.close()
  })
}

/** The file of a cluster as `initdb` leaves it. To load it takes a quarter of the time that `initdb` takes. */
async function newCluster(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  // Where whoever installs another version of PGlite has it made anew.
  const file = path.join(path.dirname(entry), '../.rollbook-cluster.tar')
  if (existsSync(file)) return file
  const db = await PGlite.create()
  const cluster = await db.dumpDataDir('none')
  await db.close()
  const made = `${file}.${process.pid}`
  writeFileSync(made, Buffer.from(await cluster.arrayBuffer()))
  renameSync(made, file)
  return file
}

export function serverDatabase(config: PoolConfig = {}): TestDatabase {
  return databaseOf(serverUrl, config)
}

/** A database of its own on the server, made with these words of `create database`. */
export async function newServerDatabase(made: string, config: PoolConfig = {}): Promise<TestDatabase> {
  const server = new Pool({ connectionString: serverUrl, max: 1 })
  const name = `rollbook_test_${process.pid}_${++schemas}`
  await server.query(`create database "${name}" template template0 ${made}`)
  const url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href
  return databaseOf(url, config, async () => {
    await server.query(`drop database "${name}" with (force)`)
    await server.end()
  })
}
