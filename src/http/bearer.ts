import type { IncomingHttpHeaders } from 'node:http'

/** Returns what is sent as `Authorization: Bearer`, whatever the case of the scheme. */
export function bearerOf({ authorization = '' }: IncomingHttpHeaders): string | undefined {
  return /^bearer +(\S+)$/i.exec(authorization)?.[1]
}
