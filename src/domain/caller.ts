import * as v from 'valibot'
import { canonicalIp } from './ip.js'
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
