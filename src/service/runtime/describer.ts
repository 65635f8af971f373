import { types } from 'node:util'
import type { ClientInfo, Location } from '../../domain/client-info.js'
import { describeClient } from '../../user-agent/describe-client.js'
import type { Core } from '../core.js'
import { kindOf } from './host-functions.js'

interface Origin {
  readonly ip?: string
  readonly userAgent?: string
}

/** The faults already logged, by the options of a service: it has several describers. */
const loggedFaults = new WeakMap<object, Set<string>>()

type TypesOf<Part extends 'client' | 'device'> = Readonly<Record<NonNullable<ClientInfo[Part]>['type'], true>>
const clientTypes: TypesOf<'client'> = { browser: true, app: true, library: true, bot: true }
const deviceTypes: TypesOf<'device'> = { desktop: true, mobile: true, tablet: true, tv: true }

/**
 * Creates a function that adds what user agent and IP address reveal, through the functions of the host. Whatever these
 * throw or return, the row is shown: an admin who cannot see a user's sessions cannot end them. An invalid description
 * counts as unknown.
 */
export function createDescriber({ options, logger }: Core) {
  const describe = options.describeClient ? checkedDescribe(options.describeClient) : describeClient
  const logged = loggedFaults.get(options) ?? new Set<string>()
  loggedFaults.set(options, logged)
  const failed = (error: unknown) =>
    logger.error({ err: error }, 'rollbook: describeClient or locate threw; the list is shown without its result')

  /** Logs each fault once: a list has a hundred rows. */
  function wrong(what: string, result: unknown): undefined {
    const returned = kindOf(result)
    if (logged.has(what)) return
    logged.add(what)
    logger.error(
      { option: what, returned },
      `rollbook: ${what} returned an invalid description, which counts as unknown; this is logged only once`,
    )
  }

  function checkedDescribe(host: NonNullable<typeof options.describeClient>): (userAgent: string) => ClientInfo {
    return (userAgent) => {
      const result: unknown = host(userAgent)
      if (result === undefined || result === null) return {}
      if (typeof result !== 'object' || types.isPromise(result)) {
        // It is never awaited, so its rejection must not end the process.
        if (types.isPromise(result)) result.catch(failed)
        wrong('describeClient', result)
        return {}
      }
      const os = checkedPart(result, 'os', ['name'], ['version'])
      const client = checkedPart(result, 'client', ['type', 'name'], ['version', 'engine'], clientTypes)
      const device = checkedPart(result, 'device', ['type'], ['brand', 'model'], deviceTypes)
      return Object.assign({}, os, client, device)
    }
  }

  /** Returns one part of a description under its name, copied field by field. */
  function checkedPart(
    result: object,
    name: keyof ClientInfo,
    needed: readonly string[],
    more: readonly string[],
    types?: Readonly<Record<string, true>>,
  ): ClientInfo | undefined {
    const part: unknown = Reflect.get(result, name)
    if (part === undefined || part === null) return undefined
    const copy = copyOfStrings(part, needed, more)
    if (!copy || (types && !Object.hasOwn(types, copy['type'] ?? ''))) return wrong(`describeClient: ${name}`, part)
    // The fields of the part were each checked.
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
      const result: unknown = await options.locate(ip)
      // GeoIP readers return `null` for an unknown address.
      if (result === undefined || result === null) return undefined
      const copy = copyOfStrings(result, ['countryCode', 'countryName'], [])
      const { countryCode = '', countryName = '' } = copy ?? {}
      return /^[A-Za-z]{2}$/.test(countryCode) ? { countryCode, countryName } : wrong('locate', result)
    } catch (error) {
      failed(error)
      return undefined
    }
  }

  return async <T extends Origin>(item: T): Promise<T & ClientInfo & { location?: Location }> => {
    const location = await locationOf(item)
    const { os, client, device } = clientOf(item)
    // Not by spreading: V8 is ten times slower at adding keys after a spread, and a list has a hundred rows.
    return Object.assign({}, item, os && { os }, client && { client }, device && { device }, location && { location })
  }
}

/** Copies strings from an object: the needed ones, and others if present. Returns `undefined` when one is invalid. */
function copyOfStrings(
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
    // Any of them may be a promise, which is never awaited.
    if (types.isPromise(text)) text.catch(() => {})
  }
  return isWrong ? undefined : copy
}
