/** Fails unless the servers of POSTGRES_URL and REDIS_URL answer. */
import { Redis } from 'ioredis'
import pg from 'pg'

const postgres = new pg.Client({ connectionString: process.env.POSTGRES_URL, connectionTimeoutMillis: 5000 })
await postgres.connect()
const { rows } = await postgres.query('select version()')
console.log(rows[0].version)
await postgres.end()

const redis = new Redis(process.env.REDIS_URL, { lazyConnect: true, connectTimeout: 5000, retryStrategy: () => null })
await redis.connect()
console.log(`Redis ${/redis_version:(\S+)/.exec(await redis.info('server'))[1]}`)
redis.disconnect()
