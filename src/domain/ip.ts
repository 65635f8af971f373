import { isIP, SocketAddress } from 'node:net'

/**
 * Answers the one spelling of an IP address (`::FFFF:1.2.3.4` is `1.2.3.4`, `0:0::1` is `::1`), or `undefined`
 * when the text is none.
 */
export function canonicalIp(text: string): string | undefined {
  const [address = ''] = text.split('%')
  const version = isIP(address)
  if (version !== 6) return version === 4 ? address : undefined
  const canonical = new SocketAddress({ address, family: 'ipv6' }).address.toLowerCase()
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(canonical)
  return mapped?.[1] ?? canonical
}
