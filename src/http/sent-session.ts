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

// Each costs a read of the storage, and a stranger may send as many as a header holds.
const mostSecrets = 5

/**
 * Returns the secrets to try: the bearer token alone, or else the cookies of this name in the order they were sent.
 * Quotes around a value are not part of it (RFC 6265, 4.1.1).
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
  /** Monotonic milliseconds. */
  readonly at: number
  readonly found: Promise<SignedIn | undefined>
}

// A page may ask several times who is signed in. A long request, such as a stream of events, must notice the end of a
// session when it asks again, so nothing is kept for longer than a request usually takes.
const freshMs = 1000
const looks = new WeakMap<object, Look>()

/**
 * Returns who is signed in by the first secret with a living session, or `undefined`. Asking again about the same request
 * within a second costs no second read.
 *
 * @throws {UsersError} when the storage fails, which does not mean that nobody is signed in.
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
  // A failure is not kept: asking again may succeed.
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
