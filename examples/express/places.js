import { BlockList, isIPv6 } from 'node:net'

// Made up: the addresses are those that RFC 5737 and RFC 3849 set aside for documentation. An app looks into a GeoIP
// database instead.
const table = [
  ['192.0.2.0', 27, 'DE', 'Germany'],
  ['192.0.2.32', 27, 'ES', 'Spain'],
  ['192.0.2.64', 27, 'NG', 'Nigeria'],
  ['192.0.2.96', 27, 'GR', 'Greece'],
  ['192.0.2.128', 27, 'UA', 'Ukraine'],
  ['198.51.100.0', 27, 'IN', 'India'],
  ['198.51.100.32', 27, 'BR', 'Brazil'],
  ['198.51.100.64', 27, 'EG', 'Egypt'],
  ['198.51.100.96', 27, 'CA', 'Canada'],
  ['203.0.113.0', 27, 'KR', 'South Korea'],
  ['203.0.113.32', 27, 'TW', 'Taiwan'],
  ['203.0.113.64', 27, 'VN', 'Vietnam'],
  ['2001:db8:a::', 48, 'JP', 'Japan'],
  ['2001:db8:b::', 48, 'FR', 'France'],
  ['2001:db8:c::', 48, 'PL', 'Poland'],
]

const places = table.map(([network, prefix, countryCode, countryName]) => {
  const addresses = new BlockList()
  addresses.addSubnet(network, prefix, isIPv6(network) ? 'ipv6' : 'ipv4')
  return { addresses, location: { countryCode, countryName } }
})

/** Returns the country of an address, or `undefined` when the table has none: the service's `locate` option. */
export function locate(ip) {
  const family = isIPv6(ip) ? 'ipv6' : 'ipv4'
  return places.find(({ addresses }) => addresses.check(ip, family))?.location
}
