import { randomBytes } from 'node:crypto'

/**
 * What the host's error handler gets for an error that no client may see. The message is fixed and the stack is not
 * shown, since default handlers print both into the answer; the error itself is the `cause`.
 */
export class UnexpectedError extends Error {
  /** Finds the error in the logs. */
  readonly reference = randomBytes(4).toString('hex')
  readonly status = 500
  readonly statusCode = 500
  readonly expose = false

  constructor(cause: unknown) {
    super('the users service failed', { cause })
    this.name = 'UnexpectedError'
    this.message += ` (reference ${this.reference})`
    this.stack = `${this.name}: ${this.message}`
  }
}
