import { quoted, UsersError } from './users-error.js'

declare module './users-error.js' {
  interface UsersErrors {
    'invalid-input': InvalidInputError
    'invalid-options': InvalidOptionsError
    'missing-peer': MissingPeerError
  }
}

/** One thing wrong with an input. `path` names the field: `email`, `prefs.theme`, `by.ip`. */
export interface InputIssue {
  readonly path: string
  readonly message: string
  /** Present when a required field is missing. */
  readonly missing?: true
}

/** An argument is invalid, and nothing was done. `issues` has one entry for each wrong field. */
export class InvalidInputError extends UsersError {
  readonly code = 'invalid-input'
  readonly issues: readonly InputIssue[]
  /** The first field that is wrong. */
  readonly path: string

  constructor(issues: readonly [InputIssue, ...InputIssue[]]) {
    super(`invalid input: ${issues.map(({ path, message }) => `${quotedPath(path)} ${message}`).join('; ')}`)
    this.issues = issues
    this.path = issues[0].path
  }
}

/** An option is invalid: at set-up, or when a function of the host returned an invalid result. */
export class InvalidOptionsError extends UsersError {
  readonly code = 'invalid-options'
}

/** A package that this feature needs is not installed. */
export class MissingPeerError extends UsersError {
  readonly code = 'missing-peer'
  constructor(
    readonly peer: string,
    cure: string,
    options?: { cause?: unknown },
  ) {
    super(`the package ${peer} cannot be loaded: ${cure}`, options)
  }
}

/** Quotes a path unless it is plain: its names may come from a caller. */
function quotedPath(path: string): string {
  return /^[\w.[\]$-]{1,128}$/.test(path) ? path : quoted(path)
}
