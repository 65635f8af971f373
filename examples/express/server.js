import { createServer } from 'node:http'
import express from 'express'
import { createUsersService, UsersError } from 'rollbook'
import { apiKeys, expressUsers } from 'rollbook/express'
import { sqliteStorage } from 'rollbook/sqlite'
import { curlLines } from './curl-lines.js'
import { listen } from './listen.js'
import { demoUser } from './people.js'
import { locate } from './places.js'
import { seed } from './seed.js'
import { readSettings, SettingsError } from './settings.js'
import { signInRoutes } from './sign-in.js'
import { stopSignal } from './stop-signal.js'
import { unlessRefused } from './unless-refused.js'

function createApp(users, apiKey) {
  const app = express()
  app.disable('x-powered-by')
  // Admins, over HTTP: before any body parser, so that the router reads and limits its bodies by itself.
  app.use('/v1', expressUsers({ users, authorize: apiKeys([{ key: apiKey, name: 'demo-key' }]) }))
  // Users, over the app's own pages.
  app.use(signInRoutes(users))
  app.use((error, _request, response, next) => {
    const status = error.status ?? 500
    if (status >= 500) console.error(error)
    if (response.headersSent) return next(error)
    response
      .status(status)
      .type('text')
      .send(status < 500 ? 'This request cannot be read.' : 'Something went wrong.')
  })
  return app
}

async function main() {
  const signal = stopSignal()
  const { port, database, apiKey, isSeeded } = readSettings(process.env)
  const storage = sqliteStorage(database)
  const users = createUsersService({ storage, locate })
  try {
    const app = createApp(users, apiKey)
    if (isSeeded) await seed(storage, signal)
    const seeded = await unlessRefused(users.getUser(demoUser.id), 'user-not-found')
    await listen(createServer(app), port, signal, (actualPort) => {
      const origin = `http://127.0.0.1:${actualPort}`
      const lines = [
        `rollbook demo listening on ${origin}/v1`,
        ...curlLines(`${origin}/v1`, apiKey, seeded),
        `sign in as a user: ${origin}/ (and then run the third line)`,
      ]
      console.log(lines.join('\n'))
    })
  } catch (error) {
    // Stopped before it was ready: what is seeded stays, and the next start goes on from there.
    if (!signal.aborted || error !== signal.reason) throw error
  } finally {
    await users.close()
  }
}

main().catch((error) => {
  // These say in a sentence what to do; of anything else the stack is of use.
  console.error(UsersError.is(error) || error instanceof SettingsError ? `rollbook demo: ${error.message}` : error)
  process.exitCode = 1
})
