/** Users in a Koa app: people sign in and see themselves, and admins get the Users API under /v1. */
import { createServer } from 'node:http'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'
import { createUsersService, UsersError } from 'rollbook'
import { apiKeys, koaUsers, requireUser, signedIn } from 'rollbook/koa'
import { sqliteStorage } from 'rollbook/sqlite'

const { PORT = '3000', DATABASE = 'users.db', API_KEY = '' } = process.env
const users = createUsersService({ storage: sqliteStorage(DATABASE) })
const requireSession = requireUser({ users, cookie: 'session' })

const app = new Koa()
  // Before the body parser, so that the router reads and limits its bodies by itself.
  .use(koaUsers({ prefix: '/v1', users, authorize: apiKeys([API_KEY]) }))
  .use(bodyParser())
  .use(async (ctx, next) => {
    if (ctx.path === '/me') return requireSession(ctx, () => showUser(ctx))
    if (ctx.path === '/sign-in' && ctx.method === 'POST') return signIn(ctx)
    return next()
  })

function showUser(ctx) {
  const { id, email, name } = signedIn(ctx).user
  ctx.body = { id, email, name }
}

async function signIn(ctx) {
  const { email, password } = ctx.request.body
  try {
    const { secret } = await users.signIn({ email, password }, { by: { ip: ctx.ip, userAgent: ctx.get('user-agent') } })
    ctx.cookies.set('session', secret, { httpOnly: true, sameSite: 'lax', secure: ctx.secure })
    ctx.status = 204
  } catch (error) {
    // Wrong, unknown and blocked are told alike.
    if (!UsersError.is(error)) throw error
    ctx.status = 401
    ctx.body = { message: 'The email or the password is wrong' }
  }
}

const server = createServer(app.callback()).listen(Number(PORT), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`)
})
process.once('SIGTERM', () => {
  server.closeIdleConnections()
  server.close(() => users.close())
})
