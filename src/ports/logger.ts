/** Where the library reports what it cannot throw. Shaped like pino. */
export interface Logger {
  warn(details: object, message: string): void
  error(details: object, message: string): void
}
