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

function emitWarning(details: object, message: string): void {
  const cause = 'err' in details ? details.err : undefined
  process.emitWarning(
    cause instanceof Error ? `${message}: ${cause.name}: ${cause.message}` : message,
    'RollbookWarning',
  )
}
