import { types } from 'node:util'
import type { ClientInfo, Location } from '../../domain/client-info.js'
import { describeClient } from '../../user-agent/describe-client.js'
import type { Core } from '../core.js'
import { kindOf } from '../runtime/host-functions.js'

interface Origin {
  readonly ip?: string
  readonly userAgent?: string
}

/** What was said of the functions of a service, which has more than one describer. */
const toldTo = new WeakMap<object, Set<string>>()

const clientTypes = ['browser', 'app', 'library', 'bot'] as const
const deviceTypes = ['desktop', 'mobile', 'tablet', 'tv'] as const

/**
 * Adds what user agent and IP address tell, by the host's functions. Whatever these throw or return, the row stays: an
 * admin who cannot see a user's sessions cannot end them. What is no description counts as unknown.
 */
export function createDescriber({ options, logger }: Core) {
  const describe = options.describeClient ? checkedDescribe(options.describeClient) : describeClient
  const told = toldTo.get(options) ?? new Set<string>()
  toldTo.set(options, told)
  const failed = (error: unknown) =>
    logger.error({ err: error }, 'rollbook: describeClient or locate threw; the list is shown without its answer')

  /** Says once of each part that it is wrong: a list has a hundred rows. */
  function wrong(what: string, answer: unknown): undefined {
    const returned = kindOf(answer)
    if (told.has(what)) return
    told.add(what)
    logger.error(
      { option: what, returned },
      `rollbook: ${what} returned no description, which counts as unknown; this is not told again`,
    )
  }

  function checkedDescribe(host: NonNullable<typeof options.describeClient>): (userAgent: string) => ClientInfo {
    return (userAgent) => {
      const answer: unknown = host(userAgent)
      if (answer === undefined || answer === null) return {}
      if (typeof answer !== 'object' || types.isPromise(answer)) {
        // Nobody waits for it, and what it rejects with must not end the process.
        if (types.isPromise(answer)) answer.catch(failed)
        wrong('describeClient', answer)
        return {}
      }
      const os = checkedPart(answer, 'os', ['name'], ['version'])
      const client = checkedPart(answer, 'client', ['type', 'name'], ['version', 'engine'], clientTypes)
      const device = checkedPart(answer, 'device', ['type'], ['brand', 'model'], deviceTypes)
      return Object.assign({}, os, client, device)
    }
  }

  /** One part of a description under its name, copied field by field. */
  function checkedPart(
    answer: object,
    name: keyof ClientInfo,
    needed: readonly string[],
    more: readonly string[],
    kinds?: readonly string[],
  ): ClientInfo | undefined {
    const part: unknown = Reflect.get(answer, name)
    if (part === undefined || part === null) return undefined
    const copy = copyOfTexts(part, needed, more)
    if (!copy || (kinds && !kinds.includes(copy['type'] ?? ''))) return wrong(`describeClient: ${name}`, part)
    // Its fields are those of the part, each checked.
    return { [name]: copy } as ClientInfo
  }

  function clientOf({ userAgent }: Origin): ClientInfo {
    try {
      return userAgent === undefined ? {} : describe(userAgent)
    } catch (error) {
      failed(error)
      return {}
    }
  }

  async function locationOf({ ip }: Origin): Promise<Location | undefined> {
    if (ip === undefined || !options.locate) return undefined
    try {
      const answer: unknown = await options.locate(ip)
      // GeoIP readers return `null` for an address that they do not know.
      if (answer === undefined || answer === null) return undefined
      const copy = copyOfTexts(answer, ['countryCode', 'countryName'], [])
      const { countryCode = '', countryName = '' } = copy ?? {}
      return /^[A-Za-z]{2}$/.test(countryCode) ? { countryCode, countryName } : wrong('locate', answer)
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

/** Copies texts out of an object: the needed ones, and others that are there. `undefined` when one is no text. */
function copyOfTexts(
  from: unknown,
  needed: readonly string[],
  more: readonly string[],
): Record<string, string> | undefined {
  if (typeof from !== 'object' || from === null) return undefined
  const copy: Record<string, string> = {}
  let isWrong = false
  for (const name of [...needed, ...more]) {
    const text: unknown = Reflect.get(from, name)
    if (typeof text === 'string') copy[name] = text
    else if (needed.includes(name) || (text !== undefined && text !== null)) isWrong = true
    // Also of the others: each may be a promise, for which nobody waits.
    if (types.isPromise(text)) text.catch(() => {})
  }
  return isWrong ? undefined : copy
}
