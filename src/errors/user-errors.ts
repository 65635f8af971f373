import { quoted, UsersError } from './users-error.js'

declare module './users-error.js' {
  interface UsersErrors {
    'user-not-found': UserNotFoundError
    'email-taken': EmailTakenError
    'id-taken': IdTakenError
    'user-refused': UserRefusedError
    'user-not-active': UserNotActiveError
  }
}

/** No user has this id. */
export class UserNotFoundError extends UsersError {
  readonly code = 'user-not-found'
  constructor(readonly userId: string) {
    super(`no user has the id ${quoted(userId)}`)
  }
}

/** Another user has this email. */
export class EmailTakenError extends UsersError {
  readonly code = 'email-taken'
  constructor() {
    super('another user has this email')
  }
}

/** Another user has this id, or had it: ids of deleted users stay reserved. */
export class IdTakenError extends UsersError {
  readonly code = 'id-taken'
  constructor(readonly userId: string) {
    super(`the id ${quoted(userId)} is taken or reserved`)
  }
}

/** The host's `beforeCreate` refused this user; nothing was done. */
export class UserRefusedError extends UsersError {
  readonly code = 'user-refused'
  /** The host's words, which are sent to HTTP clients. */
  constructor(readonly reason: string) {
    super(`the user may not be created: ${reason}`)
  }
}

/** Only active users can hold a session. */
export class UserNotActiveError extends UsersError {
  readonly code = 'user-not-active'
  constructor(readonly userId: string) {
    super(`the user ${quoted(userId)} is not active and cannot hold a session`)
  }
}
