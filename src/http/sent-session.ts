import type { IncomingHttpHeaders } from 'node:http'
import type { Session } from '../domain/session.js'
import type { User } from '../domain/user.js'
import { UsersError } from '../errors/index.js'
import type { UsersService } from '../service/users-service.js'
import { bearerOf } from './node-request.js'

/** Who sent a request, and the session that it came with. */
export interface SignedIn {
  readonly user: User
  readonly session: Session
}

// Each costs a look into the storage, and a stranger may send as many as a header holds.
const mostSecrets = 5

/**
 * Reads the secrets that a request may mean, the likeliest first: the bearer alone, or else the cookies of a name in the
 * order in which they were sent. A value in quotes is what is between them (RFC 6265, 4.1.1).
 */
export function sentSecrets(headers: IncomingHttpHeaders, cookie: string | undefined): readonly string[] {
  const bearer = bearerOf(headers)
  if (bearer !== undefined || cookie === undefined) return bearer === undefined ? [] : [bearer]
  const secrets = new Set<string>()
  for (const pair of (headers.cookie ?? '').split(';')) {
    const equals = pair.indexOf('=')
    if (equals < 0 || pair.slice(0, equals).trim() !== cookie) continue
    const value = pair.slice(equals + 1).trim()
    const secret = value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value
    if (secret !== '') secrets.add(secret)
    if (secrets.size === mostSecrets) break
  }
  return [...secrets]
}

interface Look {
  readonly users: UsersService
  readonly secrets: string
  /** By the monotonic clock. */
  readonly at: number
  readonly found: Promise<SignedIn | undefined>
}

// A page may ask several times who is signed in. A request that lasts (a stream of events, say) must hear of a session's
// end when it asks again, so nothing is kept for longer than a request usually takes.
const freshMs = 1000
const looks = new WeakMap<object, Look>()

/**
 * Looks whose living session one of the secrets is; `undefined` when they are nobody's. Within a second the same question
 * about the same request is answered from one look.
 *
 * @throws {UsersError} when the storage cannot be asked: that is no answer to the question.
 */
export function findSignedIn(
  users: UsersService,
  request: object,
  sent: readonly string[],
): Promise<SignedIn | undefined> {
  const secrets = sent.join(' ')
  const now = performance.now()
  const last = looks.get(request)
  if (last?.users === users && last.secrets === secrets && now - last.at < freshMs) return last.found
  const found = firstLiving(users, sent)
  looks.set(request, { users, secrets, at: now, found })
  // A failure is no answer, and the next one who asks may get one.
  found.catch(() => looks.delete(request))
  return found
}

async function firstLiving(users: UsersService, secrets: readonly string[]): Promise<SignedIn | undefined> {
  for (const secret of secrets) {
    try {
      return await users.verifyUserSession(secret)
    } catch (error) {
      if (!(UsersError.is(error) && error.code === 'invalid-session')) throw error
    }
  }
  return undefined
}
