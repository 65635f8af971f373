import type { Logger } from '../ports/logger.js'

/** Without a logger of the host, what goes wrong still shows once, as a warning of the process. */
export const processWarnings: Logger = {
  warn: (_details, message) => process.emitWarning(message, 'RollbookWarning'),
  error: (_details, message) => process.emitWarning(message, 'RollbookWarning'),
}
