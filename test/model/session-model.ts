import type { Caller, Credentials, KnownCaller, NewSession } from '../../src/index.js'
import {
  InvalidCredentialsError,
  InvalidSessionError,
  SessionNotFoundError,
  UserNotActiveError,
} from '../../src/index.js'
import { type Admitted, checkedPassword, checkedUser } from './check.js'
import type { Model } from './model.js'
import { pageOf } from './page.js'
import type { KnownEntry, KnownSession, KnownUser } from './state.js'
import type { Surface } from './surface.js'
import { requireValid } from './validity.js'

type SessionOperations = Pick<
  Surface,
  | 'createUserSession'
  | 'verifyUserSession'
  | 'getUserSessions'
  | 'signOut'
  | 'deleteUserSession'
  | 'deleteUserSessions'
  | 'verifyUserPassword'
  | 'signIn'
  | 'sweep'
>

/** The part of the model that is about sessions, and signing in. */
export function sessionModel(core: Model): SessionOperations {
  const { state, observed, now, existing, record } = core
  const { lifetimeMs, maxPerUser, idleTimeoutMs = Number.POSITIVE_INFINITY } = state.sessions
  const isAlive = ({ sessionEpoch }: KnownUser, { epoch, session }: KnownSession) =>
    epoch === sessionEpoch && session.expiresAt > now && now.getTime() - session.usedAt.getTime() < idleTimeoutMs

  /** Of a user whose sessions have ended since the check, it is stored all the same, and is over. */
  function start({ user, epoch }: Admitted, by: Caller = {}): NewSession {
    const { id = '', secret = '' } = observed
    // Plans leave out what they do not say.
    const { actor: _, ...origin } = by as KnownCaller
    const known = existing(user.id)
    const expiresAt = new Date(state.now + lifetimeMs)
    const session = { id, userId: user.id, createdAt: now, expiresAt, usedAt: now, ...origin }
    known.sessions = [...known.sessions, { row: ++state.rows, session, secret, epoch }].slice(-maxPerUser)
    record('session.created', by, known, { sessionId: id })
    return { session, secret }
  }

  function end(known: KnownUser, ended: KnownSession, by?: Caller): void {
    known.sessions = known.sessions.filter((session) => session !== ended)
    record('session.deleted', by, known, { sessionId: ended.session.id })
  }

  function opened(secret: string): { known?: KnownUser; found?: KnownSession } {
    for (const known of state.users.values()) {
      const found = known.sessions.find((session) => session.secret === secret)
      if (found) return { known, found }
    }
    return {}
  }

  function recognised(credentials: Credentials, by?: Caller): Admitted {
    const checked = observed.checked ?? checkedPassword(core, credentials)
    if (checked.isAdmitted) return checked
    const { userId } = checked
    // Nothing is about a user who was deleted since the check.
    if (userId === undefined || state.users.has(userId)) record('sign-in.failed', by, state.users.get(userId ?? ''))
    throw new InvalidCredentialsError()
  }

  return {
    createUserSession(id, { by } = {}) {
      const checked = observed.checked ?? checkedUser(core, id)
      if (!checked.isAdmitted) throw new UserNotActiveError(id)
      return start(checked, by)
    },

    verifyUserSession(secret) {
      const { known, found } = opened(secret)
      if (!known || !found || !isAlive(known, found)) throw new InvalidSessionError()
      const { session } = found
      // Kept only where idleness ends sessions. To within a tenth of that time: here all times are longer.
      if (state.sessions.idleTimeoutMs && now > session.usedAt) found.session = { ...session, usedAt: now }
      return { user: known.user, session }
    },

    getUserSessions(id, range = {}) {
      requireValid(range)
      const known = existing(id)
      const alive = known.sessions.filter((session) => isAlive(known, session))
      const page = pageOf(core, 'newest-first', alive, range)
      return { ...page, items: page.items.map(({ session }) => session) }
    },

    signOut(secret, { by } = {}) {
      const { known, found } = opened(secret)
      if (known && found) end(known, found, by)
    },

    deleteUserSession(id, sessionId, { by } = {}) {
      const known = existing(id)
      const found = known.sessions.find(({ session }) => session.id === sessionId)
      if (!found) throw new SessionNotFoundError(sessionId)
      end(known, found, by)
    },

    deleteUserSessions(id, { by } = {}) {
      const known = existing(id)
      known.sessions = []
      known.sessionEpoch++
      record('session.all-deleted', by, known)
    },

    verifyUserPassword: (credentials, { by } = {}) => recognised(credentials, by).user,

    signIn(credentials, { by } = {}) {
      const checked = recognised(credentials, by)
      if (!state.users.has(checked.user.id)) throw new InvalidCredentialsError()
      return { user: checked.user, ...start(checked, by) }
    },

    sweep({ activityBefore } = {}) {
      const isKept = ({ entry }: KnownEntry) => !activityBefore || entry.at >= activityBefore
      const swept = { sessions: 0, tokens: 0, activity: state.nobody.length - state.nobody.filter(isKept).length }
      state.nobody = state.nobody.filter(isKept)
      for (const known of state.users.values()) {
        const sessions = known.sessions.filter(({ session }) => session.expiresAt > now)
        const log = known.log.filter(isKept)
        swept.sessions += known.sessions.length - sessions.length
        swept.activity += known.log.length - log.length
        Object.assign(known, { sessions, log })
      }
      return swept
    },
  }
}
