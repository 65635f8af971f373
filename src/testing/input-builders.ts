import type { Caller } from '../domain/caller.js'
import type { Credentials, NewUser } from '../service/users-service.js'
import { userAgents } from './user-agents.js'

/** The password of all users that are built and seeded. */
export const password = 'a quiet lighthouse'

/** Make inputs that are complete, and others each time. */
export interface InputBuilders {
  /**
   * Creates the input of `createUser`: an email that is new each time, and a password. What is given stands.
   *
   * ```ts
   * const login = aUser()
   * await users.createUser(login)
   * await users.signIn(login)
   * ```
   */
  aUser(given?: { readonly [Field in keyof NewUser]?: NewUser[Field] | undefined }): NewUser & Credentials
  /**
   * Creates a caller: an IP address that is new each time, and the user agent of a browser. What is given stands.
   *
   * ```ts
   * await users.signIn(login, { by: aCaller() })
   * ```
   */
  aCaller(given?: Caller): Caller
}

export function inputBuilders(): InputBuilders {
  let built = 0
  let callers = 0
  return {
    aUser: (given) => ({ email: `user${++built}@example.com`, password, ...whatIsGiven(given) }),
    aCaller: (given) => ({
      ip: testIp(++callers),
      userAgent: userAgents[callers % userAgents.length] ?? '',
      ...whatIsGiven(given),
    }),
  }
}

/** What stands over a default: a field that is `undefined` is absent. */
export function whatIsGiven<T extends object>(
  given: T | undefined,
): { [Field in keyof T]: Exclude<T[Field], undefined> } {
  const entries = Object.entries(given ?? {}).filter(([, value]) => value !== undefined)
  // Of the same names, without those that say nothing.
  return Object.fromEntries(entries) as { [Field in keyof T]: Exclude<T[Field], undefined> }
}

/** One of the 131,072 addresses that are kept for tests of networks (RFC 2544). */
export function testIp(number: number): string {
  return `198.${18 + ((number >> 16) & 1)}.${(number >> 8) & 255}.${number & 255}`
}
