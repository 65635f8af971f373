/** Users in a Hono app. Admins are users themselves, by their preferences: `authorize` reads our own session. */
import { serve } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { createUsersService, UsersError } from 'rollbook'
import { fetchUsers, requireUser } from 'rollbook/fetch'
import { sqliteStorage } from 'rollbook/sqlite'

const { PORT = '3000', DATABASE = 'users.db' } = process.env
const users = createUsersService({ storage: sqliteStorage(DATABASE) })
const api = fetchUsers({ prefix: '/v1', users, authorize: adminBySession })
const ipOf = (c) => getConnInfo(c).remote.address

const app = new Hono()
app.all('/v1/*', (c) => api(c.req.raw, { ip: ipOf(c) }))

const me = requireUser({ users, cookie: 'session' }, (_request, { user: { id, email, name } }) =>
  Response.json({ id, email, name }),
)
app.get('/me', (c) => me(c.req.raw))

app.post('/sign-in', async (c) => {
  const { email, password } = await c.req.json()
  try {
    const by = { ip: ipOf(c), userAgent: c.req.header('user-agent') }
    const { secret } = await users.signIn({ email, password }, { by })
    setCookie(c, 'session', secret, { httpOnly: true, sameSite: 'Lax' })
    return c.body(null, 204)
  } catch (error) {
    // Wrong, unknown and blocked are told alike.
    if (!UsersError.is(error)) throw error
    return c.json({ message: 'The email or the password is wrong' }, 401)
  }
})

/** Only as a bearer, which no other site can make a browser send, and so not by the cookie. */
async function adminBySession({ headers }) {
  const secret = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1]
  if (secret === undefined) return undefined
  try {
    const { user } = await users.verifyUserSession(secret)
    if (user.prefs.isAdmin !== true) return undefined
    return { caller: { actor: user.id }, scopes: ['users.read', 'users.write'] }
  } catch (error) {
    if (UsersError.is(error) && error.code === 'invalid-session') return undefined
    throw error
  }
}

const server = serve({ fetch: app.fetch, port: Number(PORT), hostname: '127.0.0.1' }, ({ port }) => {
  console.log(`listening on http://127.0.0.1:${port}`)
})
process.once('SIGTERM', () => {
  server.closeIdleConnections()
  server.close(() => users.close())
})
