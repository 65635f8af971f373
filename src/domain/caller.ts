import { isIP, SocketAddress } from 'node:net'
import * as v from 'valibot'
import { limits } from './limits.js'
import { cleanLine, lineOfText } from './text.js'

/** Who acts, and from where: it goes into the activity entry of what they do, and into a session they start. */
export interface Caller {
  /** The name of who acted, such as an admin's id. Shown in log items, also over HTTP. */
  readonly actor?: string | undefined
  /** Their IP address: a port, brackets and a zone are taken off. A text that is none, or a list, is left out. */
  readonly ip?: string | undefined
  /** Their user agent. Made one line and cut to 512 characters. */
  readonly userAgent?: string | undefined
}

/** A caller as it is written: what is unknown is left out. */
export type KnownCaller = { readonly [Field in keyof Caller]?: Exclude<Caller[Field], undefined> }

const fields = v.strictObject({
  actor: v.optional(lineOfText(limits.actorLength)),
  ip: v.optional(v.string('must be a string')),
  userAgent: v.optional(v.string('must be a string')),
})

/** Returns whether a value is a caller as {@link callerSchema} takes it. */
export function isCaller(value: unknown): value is Caller {
  return v.is(fields, value)
}

/** Checks a caller and brings ip and user agent into the form in which they are kept. */
export const callerSchema = v.pipe(
  fields,
  v.transform(({ actor, ip, userAgent }): KnownCaller => {
    const canonical = ip === undefined ? undefined : canonicalIp(ip)
    return Object.assign(
      {},
      actor !== undefined && { actor },
      canonical !== undefined && { ip: canonical },
      userAgent && { userAgent: cleanLine(userAgent, limits.userAgentLength) },
    )
  }),
)

/**
 * Returns the one spelling of an IP address (`::FFFF:1.2.3.4` is `1.2.3.4`, `0:0::1` is `::1`), or `undefined` when the
 * text is none. A port, the brackets of an IPv6 address, a zone, and spaces or quotes around it are left out: proxies
 * and servers add them. A list of addresses is none: which of them is the client's is not to be told.
 */
export function canonicalIp(text: string): string | undefined {
  const [, , bracketed, four, other] = parts.exec(text) ?? []
  const [address = ''] = (bracketed ?? four ?? other ?? '').split('%')
  const version = isIP(address)
  if (version !== 6) return version === 4 ? address : undefined
  const canonical = new SocketAddress({ address, family: 'ipv6' }).address.toLowerCase()
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(canonical)
  return mapped?.[1] ?? canonical
}

// Without brackets an IPv6 address has no port, as its last group would look the same, unless it ends in an IPv4 address:
// so it looks when a host joins what Node calls `remoteAddress` and `remotePort`.
const parts = /^[ \t]*("?)(?:(?:\[([^[\]\s"]+)\]|([\d.]+|::ffff:\d+\.[\d.]+))(?::\d{1,5})?|([^\s"]+))\1[ \t]*$/i
