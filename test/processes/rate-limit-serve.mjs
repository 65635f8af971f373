// Serves the routes, with a limit of 100 that is kept in a store: <database> <redis | postgres> <url> <prefix or table>
import { once } from 'node:events'
import express from 'express'
import { Redis } from 'ioredis'
import { Pool } from 'pg'
import { RateLimiterPostgres, RateLimiterRedis } from 'rate-limiter-flexible'
import { apiKeys, expressUsers } from '../../dist/adapters/express/index.js'
import { sqliteStorage } from '../../dist/adapters/sqlite/index.js'
import { createUsersService } from '../../dist/src/index.js'

const [database, store, url, name] = process.argv.slice(2)
const limit = { points: 100, duration: 60 * 60 }
const makers = {
  redis: () => new RateLimiterRedis({ storeClient: new Redis(url), keyPrefix: name, ...limit }),
  postgres: () =>
    new RateLimiterPostgres({
      storeClient: new Pool({ connectionString: url }),
      tableName: name,
      tableCreated: true,
      ...limit,
    }),
}
const users = createUsersService({ storage: sqliteStorage(database) })
const app = express()
app.use('/v1', expressUsers({ users, rateLimiter: makers[store](), authorize: apiKeys(['key']) }))
const server = app.listen(0, '127.0.0.1')
await once(server, 'listening')
process.send(server.address().port)
process.once('disconnect', () => process.exit())
