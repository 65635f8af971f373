import type { Activity, Caller, JsonObject, KnownCaller, User } from '../../src/index.js'
import { EmailTakenError, IdTakenError, UserNotFoundError } from '../../src/index.js'
import { type Checked, firstHalf } from './check.js'
import { pageOf } from './page.js'
import { sessionModel } from './session-model.js'
import type { KnownUser, Observed, State } from './state.js'
import type { Call, Surface } from './surface.js'
import { requireValid } from './validity.js'

/** What the operations of the model share. */
export interface Model {
  readonly state: State
  readonly observed: Observed
  readonly now: Date
  existing(id: string): KnownUser
  withEmail(email: string): KnownUser | undefined
  record(event: string, by: Caller | undefined, about?: KnownUser, details?: JsonObject): Activity
}

/**
 * The users service as its documents describe it, over maps and lists: it changes the state and answers or throws what
 * the service should. What the documents leave to the service is taken from what was observed.
 */
export function model(
  state: State,
  observed: Observed = {},
): Surface & { firstHalf(call: Call): (() => Checked) | undefined } {
  const now = new Date(state.now)
  const core: Model = { state, observed, now, existing, withEmail, record }

  function existing(id: string): KnownUser {
    const known = state.users.get(id)
    if (!known) throw new UserNotFoundError(id)
    return known
  }

  function withEmail(email: string): KnownUser | undefined {
    return [...state.users.values()].find(({ user }) => user.email.toLowerCase() === email.toLowerCase())
  }

  function record(event: string, by: Caller | undefined, about?: KnownUser, details?: JsonObject): Activity {
    const userId = about && { userId: about.user.id }
    // Plans leave out what they do not say.
    const known = by as KnownCaller | undefined
    const entry = { id: `r${state.round}`, event, at: now, ...userId, ...known, ...(details && { details }) }
    if (event !== 'user.deleted') (about?.log ?? state.nobody).push({ row: ++state.rows, entry })
    state.told.push(entry)
    return entry
  }

  function change(known: KnownUser, changed: Partial<User>, event: string, by?: Caller, details?: JsonObject): User {
    // A clock that went back does not take this back.
    const updatedAt = now > known.user.updatedAt ? now : known.user.updatedAt
    known.user = { ...known.user, ...changed, updatedAt }
    record(event, by, known, details)
    return known.user
  }

  function endSessions(known: KnownUser): void {
    known.sessions = []
    known.sessionEpoch++
  }

  return {
    ...sessionModel(core),
    firstHalf: (call) => firstHalf(core, call),

    advance(minutes) {
      state.now += minutes * 60_000
    },

    listUsers({ search = '', order = 'oldest-first', ...range } = {}) {
      requireValid({ ...range, search })
      const term = folded(search)
      const found = [...state.users.values()].filter(({ user: { name, email, id } }) =>
        [name, email, id].some((text) => folded(text).includes(term) && (term !== '' || search === '')),
      )
      const page = pageOf(core, order, found, range)
      return { ...page, items: page.items.map(({ user }) => user) }
    },

    getUser: (id) => existing(id).user,
    getUserPrefs: (id) => existing(id).user.prefs,

    findUserByEmail(email) {
      requireValid({ email })
      return withEmail(email)?.user
    },

    getUserLogs(id, range = {}) {
      requireValid(range)
      const page = pageOf(core, 'newest-first', existing(id).log, range)
      return { ...page, items: page.items.map(({ entry }) => entry) }
    },

    createUser(input, { by } = {}) {
      const { email, password, name = '', status = 'active', emailVerified = false, prefs = {} } = input
      requireValid(input)
      const id = input.id ?? observed.id ?? ''
      const taken = withEmail(email) && new EmailTakenError()
      const idTaken = state.users.has(id) || state.gone.has(id) ? new IdTakenError(id) : undefined
      // Which of the two is told, where both are true, no document says.
      const refusal = observed.code === 'id-taken' ? (idTaken ?? taken) : (taken ?? idTaken)
      if (refusal) throw refusal
      const hasPassword = password !== undefined
      const times = { createdAt: now, updatedAt: now, ...(hasPassword && { passwordUpdatedAt: now }) }
      const user = { id, email, emailVerified, name, status, prefs: merged({}, prefs), hasPassword, ...times }
      const known: KnownUser = { row: ++state.rows, user, sessions: [], sessionEpoch: 1, log: [] }
      if (hasPassword) known.password = password
      state.users.set(id, known)
      record('user.created', by, known)
      return user
    },

    updateUserStatus(id, { status }, { by } = {}) {
      const known = existing(id)
      if (known.user.status === status) return known.user
      if (status !== 'active') endSessions(known)
      return change(known, { status }, 'user.status-updated', by, { status })
    },

    updateUserPrefs(id, { prefs }, { by } = {}) {
      requireValid({ prefs })
      const known = existing(id)
      const next = merged(known.user.prefs, prefs)
      if (JSON.stringify(next) === JSON.stringify(known.user.prefs)) return next
      return change(known, { prefs: next }, 'user.prefs-updated', by, { keys: Object.keys(prefs) }).prefs
    },

    updateUserName(id, { name }, { by } = {}) {
      requireValid({ name })
      const known = existing(id)
      return known.user.name === name ? known.user : change(known, { name }, 'user.name-updated', by)
    },

    updateUserEmail(id, { email }, { by } = {}) {
      requireValid({ email })
      const known = existing(id)
      if (known.user.email === email) return known.user
      if ((withEmail(email) ?? known) !== known) throw new EmailTakenError()
      return change(known, { email, emailVerified: false }, 'user.email-updated', by)
    },

    updateUserPassword(id, { password }, { by } = {}) {
      requireValid({ password })
      const known = existing(id)
      known.password = password
      endSessions(known)
      return change(known, { hasPassword: true, passwordUpdatedAt: now }, 'user.password-updated', by)
    },

    deleteUser(id, { by } = {}) {
      record('user.deleted', by, existing(id))
      state.users.delete(id)
      state.gone.add(id)
    },

    recordUserActivity(id, { event, details }, { by } = {}) {
      requireValid({ event })
      return record(event, by, existing(id), details)
    },
  }
}

function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

function merged(prefs: JsonObject, change: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries({ ...prefs, ...change }).filter(([, value]) => value !== null))
}
