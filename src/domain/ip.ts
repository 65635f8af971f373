import { isIP, SocketAddress } from 'node:net'

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
