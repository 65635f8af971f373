import { isIP, SocketAddress } from 'node:net'
import * as v from 'valibot'
import { limits } from './limits.js'
import type { SchemaOf } from './options.js'
import { cleanLine, lineOfText } from './text.js'

/** Who acts, and from where. Stored in the activity entry of what they do, and in a session they start. */
export interface Caller {
  /** The name of who acted, such as an admin's id. Shown in log items, also over HTTP. */
  readonly actor?: string | undefined
  /** Their IP address; a port, brackets and a zone are removed. Anything but one address is ignored. */
  readonly ip?: string | undefined
  /** Their user agent; put on one line and cut to 512 characters. */
  readonly userAgent?: string | undefined
}

/** A caller as it is stored, without unknown fields. */
export type KnownCaller = { readonly [Field in keyof Caller]?: Exclude<Caller[Field], undefined> }

const fields = v.strictObject({
  actor: v.optional(lineOfText(limits.actorLength)),
  ip: v.optional(v.string('must be a string')),
  userAgent: v.optional(v.string('must be a string')),
} satisfies SchemaOf<Caller>)

/** Returns whether {@link callerSchema} accepts a value. */
export function isCaller(value: unknown): value is Caller {
  return v.is(fields, value)
}

/** Checks a caller and normalises ip and user agent for storage. */
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
 * Returns the canonical spelling of an IP address (`::FFFF:1.2.3.4` is `1.2.3.4`, `0:0::1` is `::1`), or `undefined`
 * for any other text. Removes what proxies and servers add: a port, brackets, a zone, and spaces or quotes around it. A
 * list of addresses is refused, since nothing shows which is the client's.
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

// Without brackets an IPv6 address has no port, which would look like its last group, unless it ends in an IPv4
// address: that is what a host gets by joining Node's `remoteAddress` and `remotePort`.
const parts = /^[ \t]*("?)(?:(?:\[([^[\]\s"]+)\]|([\d.]+|::ffff:\d+\.[\d.]+))(?::\d{1,5})?|([^\s"]+))\1[ \t]*$/i
