import express from 'express'
import { UsersError } from 'rollbook'
import { signedInPage, signInPage } from './pages.js'
import { demoUser } from './people.js'
import { unlessRefused } from './unless-refused.js'

const cookieName = 'rollbook_demo'
// Not `secure`, since the demo speaks http; an app that does not sets it.
const cookieOptions = { httpOnly: true, sameSite: 'lax', path: '/' }

const origin = (request) => ({ by: { ip: request.ip, userAgent: request.get('user-agent') } })

/** The half that users see: signing in, being signed in, signing out. An app would also limit tries per address. */
export function signInRoutes(users) {
  const router = express.Router()
  router.use(express.urlencoded({ extended: false, limit: '8kb' }), sameSiteOnly, (_request, response, next) => {
    response.set({
      'Content-Security-Policy': "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
      'Cache-Control': 'no-store',
    })
    next()
  })
  router.get('/style.css', (_request, response) => response.sendFile('style.css', { root: import.meta.dirname }))
  router.get('/favicon.ico', (_request, response) => response.status(204).end())

  router.get('/', async (request, response) => {
    const secret = secretOf(request)
    if (secret === undefined) return response.send(signInPage({ demo: await demoState() }))
    const current = await unlessRefused(users.verifyUserSession(secret), 'invalid-session')
    if (!current) {
      const problem = 'You have been signed out: the session ended, or your account was blocked.'
      return response.clearCookie(cookieName, cookieOptions).send(signInPage({ demo: await demoState(), problem }))
    }
    const { user, session } = current
    const sessions = await users.getUserSessions(user.id)
    const logs = await users.getUserLogs(user.id, { limit: 8 })
    response.send(signedInPage({ user, session, sessions: sessions.items, logs: logs.items }))
  })

  router.post('/sign-in', async (request, response) => {
    const { email, password } = request.body ?? {}
    try {
      const { secret, session } = await users.signIn({ email, password }, origin(request))
      response.cookie(cookieName, secret, { ...cookieOptions, expires: session.expiresAt }).redirect(303, '/')
    } catch (error) {
      const refusal = UsersError.is(error) ? refusals[error.code] : undefined
      if (!refusal) throw error
      const [status, problem] = refusal
      response.status(status).send(signInPage({ demo: await demoState(), problem, email }))
    }
  })

  router.post('/sign-out', async (request, response) => {
    await users.signOut(secretOf(request), origin(request))
    response.clearCookie(cookieName, cookieOptions).redirect(303, '/')
  })

  async function demoState() {
    const user = await unlessRefused(users.getUser(demoUser.id), 'user-not-found')
    return user && { ...demoUser, status: user.status }
  }
  return router
}

const refusals = {
  'invalid-input': [400, 'Please give an email address and a password.'],
  // Says no more than the error does: whether the email exists is nobody's business.
  'invalid-credentials': [401, 'The email or the password is wrong, or the account may not sign in.'],
  'too-busy': [503, 'Many people are signing in right now. Please try again in a moment.'],
}

/** SameSite keeps the cookie from other sites' forms; this also keeps them from signing somebody in, or a port away. */
function sameSiteOnly(request, response, next) {
  const from = request.get('sec-fetch-site') ?? 'none'
  if (request.method !== 'POST' || from === 'same-origin' || from === 'none') return next()
  response.status(403).type('text').send('This form belongs to another site.')
}

function secretOf({ headers }) {
  return new RegExp(`(?:^|; *)${cookieName}=([^;]*)`).exec(headers.cookie ?? '')?.[1]
}
