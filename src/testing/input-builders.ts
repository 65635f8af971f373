import type { Caller } from '../domain/caller.js'
import type { Credentials, NewUser } from '../service/users-service.js'

/** The password of all built and seeded users. */
export const password = 'a quiet lighthouse'

/** User agents of common browsers. */
export const userAgents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.6478.71 Mobile Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
  'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0',
] as const

/** Build complete inputs, different ones each time. */
export interface InputBuilders {
  /**
   * Builds the input of `createUser`: a new email each time, and a password. Given fields override these.
   *
   * ```ts
   * const login = aUser()
   * await users.createUser(login)
   * await users.signIn(login)
   * ```
   */
  aUser(given?: { readonly [Field in keyof NewUser]?: NewUser[Field] | undefined }): NewUser & Credentials
  /**
   * Builds a caller: a new IP address each time, and the user agent of a browser. Given fields override these.
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
    aUser: (given) => ({ email: `user${++built}@example.com`, password, ...definedFields(given) }),
    aCaller: (given) => ({
      ip: testIp(++callers),
      userAgent: userAgents[callers % userAgents.length] ?? '',
      ...definedFields(given),
    }),
  }
}

/** Returns the fields that override a default: those that are not `undefined`. */
export function definedFields<T extends object>(
  given: T | undefined,
): { [Field in keyof T]: Exclude<T[Field], undefined> } {
  const entries = Object.entries(given ?? {}).filter(([, value]) => value !== undefined)
  // The same fields, without those that are undefined.
  return Object.fromEntries(entries) as { [Field in keyof T]: Exclude<T[Field], undefined> }
}

/** Returns one of the 131,072 addresses reserved for network tests (RFC 2544). */
export function testIp(number: number): string {
  return `198.${18 + ((number >> 16) & 1)}.${(number >> 8) & 255}.${number & 255}`
}
