import { domainToASCII } from 'node:url'
import * as v from 'valibot'
import { limits } from './limits.js'

// RFC 5321's dot-atom. Quoted local parts are refused: nobody has one, and they can hold spaces and controls.
const localPart = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/
const domainText = /^[\p{L}\p{M}\p{N}.-]+$/u
// Some of these count as marks.
const invisible = /\p{Default_Ignorable_Code_Point}/u
const domainLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** An email address, checked and kept as typed. */
export const emailSchema = v.pipe(
  v.string('must be a string'),
  v.maxLength(limits.emailLength, `must have at most ${limits.emailLength} characters`),
  v.check((email) => emailKey(email) !== undefined, 'must be an email address like name@example.com'),
)

/**
 * Returns the key that makes an email unique, or `undefined` for an invalid address: the local part in lower case, and
 * the domain in lower-case ASCII form (IDNA). Two addresses with the same key are one account, however a storage
 * compares letter case.
 */
export function emailKey(email: string): string | undefined {
  if (email.length > limits.emailLength) return undefined
  const at = email.indexOf('@')
  const local = email.slice(0, at)
  if (at < 1 || local.length > limits.emailLocalLength || !localPart.test(local)) return undefined
  const domain = asciiDomain(email.slice(at + 1))
  if (domain === undefined || local.length + 1 + domain.length > limits.emailLength) return undefined
  return `${local.toLowerCase()}@${domain}`
}

/** Returns the key of an email that was accepted. One that only an earlier release would accept is its own key. */
export function keyOfEmail(email: string): string {
  return emailKey(email) ?? email
}

/** IDNA silently drops zero-width characters and folds look-alikes; such a domain is refused here. */
function asciiDomain(domain: string): string | undefined {
  // Most domains, of which IDNA only changes the case.
  if (/^[A-Za-z0-9.-]+$/.test(domain) && !/xn--/i.test(domain)) {
    const plain = domain.toLowerCase()
    return isDomain(plain) ? plain : undefined
  }
  if (!domainText.test(domain) || invisible.test(domain) || domain.normalize('NFKC') !== domain.normalize('NFC'))
    return undefined
  const ascii = domainToASCII(domain).toLowerCase()
  return isDomain(ascii) ? ascii : undefined
}

/** At least two labels of letters, digits and hyphens. The last is not a number, as in an IP address. */
function isDomain(ascii: string): boolean {
  const labels = ascii.split('.')
  const areLabels = labels.length > 1 && labels.every((label) => domainLabel.test(label))
  return areLabels && !/^(?:\d+|0x[\da-f]*)$/.test(labels.at(-1) ?? '')
}
