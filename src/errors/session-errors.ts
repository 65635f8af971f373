import { quoted, UsersError } from './users-error.js'

declare module './users-error.js' {
  interface UsersErrors {
    'session-not-found': SessionNotFoundError
    'invalid-credentials': InvalidCredentialsError
    'invalid-session': InvalidSessionError
    'too-busy': TooBusyError
  }
}

/** The user has no such session. A session of another user counts as none. */
export class SessionNotFoundError extends UsersError {
  readonly code = 'session-not-found'
  constructor(readonly sessionId: string) {
    super(`the user has no session with the id ${quoted(sessionId)}`)
  }
}

/** Email and password are refused. It does not say why on purpose: unknown, wrong and blocked look the same. */
export class InvalidCredentialsError extends UsersError {
  readonly code = 'invalid-credentials'
  constructor() {
    super('the email or the password is wrong, or the user may not sign in')
  }
}

/** The session secret is invalid: unknown, ended, expired, or of a user who is not active. */
export class InvalidSessionError extends UsersError {
  readonly code = 'invalid-session'
  constructor() {
    super('the session is unknown, has ended or has expired')
  }
}

/** The queue of passwords to hash is full. Try again in a second. */
export class TooBusyError extends UsersError {
  readonly code = 'too-busy'
  constructor() {
    super('too many passwords are waiting to be hashed: try again in a second')
  }
}
