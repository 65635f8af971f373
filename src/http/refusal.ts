import type { RefusalCode } from './refusal-codes.js'

/** A request that is refused by HTTP alone. Never leaves the router: it becomes an answer. */
export class HttpError extends Error {
  readonly code: RefusalCode
  readonly headers: Readonly<Record<string, string>>

  constructor(code: RefusalCode, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.name = 'HttpError'
    this.code = code
    this.headers = headers
  }
}
