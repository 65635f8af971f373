import { types } from 'node:util'
import { objectOption } from '../domain/options.js'

/** Where the library reports what it cannot throw. Shaped like pino. */
export interface Logger {
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

export const loggerOption = objectOption<Logger>(
  { warn: true, error: true },
  'must have warn and error, as pino and console have',
)

/** The default logger: emits warnings of the process. */
export const processWarnings: Logger = {
  warn: emitWarning,
  error: emitWarning,
}

/**
 * Wraps the host's logger so that it cannot fail its callers. When it throws or rejects, its error and the message
 * become warnings of the process.
 */
export function unfailing(logger: Logger): Logger {
  const safely = (level: keyof Logger) => (details: object, message: string) => {
    const warnInstead = (error: unknown) => {
      emitWarning(details, message)
      emitWarning({ err: error }, 'rollbook: the logger threw')
    }
    try {
      // It may be async, also of another realm, and nobody else awaits it.
      const result: unknown = logger[level](details, message)
      if (types.isPromise(result)) result.catch(warnInstead)
    } catch (error) {
      warnInstead(error)
    }
  }
  return { warn: safely('warn'), error: safely('error') }
}

function emitWarning(details: object, message: string): void {
  process.emitWarning(textOf(details, message), 'RollbookWarning')
}

function textOf(details: object, message: string): string {
  try {
    const cause: unknown = 'err' in details ? details.err : undefined
    return isError(cause) ? `${message}: ${cause.name}: ${cause.message}` : message
  } catch {
    // An error of the host may have getters, and they may throw.
    return message
  }
}

/** Also an error of another realm. */
function isError(value: unknown): value is Error {
  return typeof value === 'object' && value !== null && 'name' in value && 'message' in value
}
