/** Where the library reports what it cannot throw. Shaped like pino. */
export interface Logger {
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

/** Without a logger of the host, what goes wrong still shows, as a warning of the process. */
export const processWarnings: Logger = {
  warn: emitWarning,
  error: emitWarning,
}

/** A logger of the host that cannot make fail what it is told of: what it throws is a warning of the process. */
export function unfailing(logger: Logger): Logger {
  const safely = (level: keyof Logger) => (details: object, message: string) => {
    try {
      logger[level](details, message)
    } catch (error) {
      processWarnings.error(details, message)
      processWarnings.error({ err: error }, 'rollbook: the logger threw')
    }
  }
  return { warn: safely('warn'), error: safely('error') }
}

function emitWarning(details: object, message: string): void {
  const cause: unknown = 'err' in details ? details.err : undefined
  process.emitWarning(isError(cause) ? `${message}: ${cause.name}: ${cause.message}` : message, 'RollbookWarning')
}

/** Also one of another realm. */
function isError(value: unknown): value is Error {
  return typeof value === 'object' && value !== null && 'name' in value && 'message' in value
}
