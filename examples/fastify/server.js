/** Users in a Fastify app. Who administrates is known by the host's own token, which its `authorize` checks. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import fastify from 'fastify'
import { createUsersService, UsersError } from 'rollbook'
import { fastifyUsers, requireUser, signedIn } from 'rollbook/fastify'
import { sqliteStorage } from 'rollbook/sqlite'

const { PORT = '3000', DATABASE = 'users.db', TOKEN_SECRET = '' } = process.env
if (TOKEN_SECRET.length < 32) throw new Error('TOKEN_SECRET must have 32 characters or more')
const users = createUsersService({ storage: sqliteStorage(DATABASE) })

const app = fastify({ logger: { level: 'warn' } })
app.register(fastifyUsers({ users, authorize: adminByToken }), { prefix: '/v1' })

app.get('/me', { preHandler: requireUser({ users, cookie: 'session' }) }, async (request) => {
  const { id, email, name } = signedIn(request).user
  return { id, email, name }
})

app.post('/sign-in', async (request, reply) => {
  const { email, password } = request.body
  try {
    const by = { ip: request.ip, userAgent: request.headers['user-agent'] }
    const { secret } = await users.signIn({ email, password }, { by })
    return reply.code(204).header('Set-Cookie', `session=${secret}; Path=/; HttpOnly; SameSite=Lax`).send()
  } catch (error) {
    // Wrong, unknown and blocked are told alike.
    if (!UsersError.is(error)) throw error
    return reply.code(401).send({ message: 'The email or the password is wrong' })
  }
})

/** Takes a JWT (HS256) of the host's as `Authorization: Bearer`: `{ sub, admin: true, exp }`. */
function adminByToken({ headers }) {
  const [, head, claims, signature] = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(headers.authorization ?? '') ?? []
  if (signature === undefined) return undefined
  const expected = createHmac('sha256', TOKEN_SECRET).update(`${head}.${claims}`).digest()
  const sent = Buffer.from(signature, 'base64url')
  if (sent.length !== expected.length || !timingSafeEqual(sent, expected)) return undefined
  const { sub, admin, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString())
  if (admin !== true || !(exp > Date.now() / 1000)) return undefined
  return { caller: { actor: sub }, scopes: ['users.read', 'users.write'] }
}

app.addHook('onClose', () => users.close())
await app.listen({ port: Number(PORT), host: '127.0.0.1' })
console.log(`listening on http://127.0.0.1:${app.server.address().port}`)
process.once('SIGTERM', () => app.close())
