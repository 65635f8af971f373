import type { ClientInfo, Location } from '../domain/client-info.js'
import type { Core } from './core.js'
import { describeClient } from './describe-client.js'

interface Origin {
  readonly ip?: string
  readonly userAgent?: string
}

/** Adds what user agent and IP address tell, by the host's functions. What these throw is logged, and the row stays. */
export function createDescriber({ options, logger }: Core) {
  const describe = options.describeClient ?? describeClient
  const failed = (error: unknown) =>
    logger.error({ err: error }, 'rollbook: describeClient or locate threw; the list is shown without its answer')

  function clientOf({ userAgent }: Origin): ClientInfo {
    try {
      return userAgent === undefined ? {} : describe(userAgent)
    } catch (error) {
      failed(error)
      return {}
    }
  }

  async function locationOf({ ip }: Origin): Promise<Location | undefined> {
    try {
      return ip === undefined ? undefined : await options.locate?.(ip)
    } catch (error) {
      failed(error)
      return undefined
    }
  }

  return async <T extends Origin>(item: T): Promise<T & ClientInfo & { location?: Location }> => {
    const location = await locationOf(item)
    const { os, client, device } = clientOf(item)
    // Not by spreading: V8 is ten times slower at adding keys behind a spread, and a list has a hundred rows.
    return Object.assign({}, item, os && { os }, client && { client }, device && { device }, location && { location })
  }
}
