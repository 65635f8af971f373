import type { ClientInfo } from '../ports/client-info.js'

type Os = NonNullable<ClientInfo['os']>
type Client = NonNullable<ClientInfo['client']>
type Device = NonNullable<ClientInfo['device']>

/** An operating system, as the documented API shows it. */
export interface DocumentedOs {
  readonly name: string
  /** Three letters, or the empty string for a system without a code. */
  readonly short_name: string
  readonly version: string
  /** The processor, which is not read: always the empty string. */
  readonly platform: string
}

/** A browser, as the documented API shows it. */
export interface DocumentedBrowser {
  readonly type: 'browser'
  readonly name: string
  /** Two letters, or the empty string for a browser without a code. */
  readonly short_name: string
  readonly version: string
  readonly engine: string
}

/** A client that is no browser, as the documented API shows it. */
export interface DocumentedProgram {
  readonly type: 'library' | 'mobile app'
  readonly name: string
  readonly version: string
}

/** The fields of a documented session or log item that come from the user agent. */
export interface ClientFields {
  /** An empty list when the text does not say, `null` without a text and for a bot. */
  readonly OS: DocumentedOs | readonly [] | null
  readonly client: DocumentedBrowser | DocumentedProgram | null
  /** 0 for a desktop, 1 for a phone, 2 for a tablet, 5 for a television. */
  readonly device: number | null
  /** Two letters, the name of a brand without a code, or the empty string. */
  readonly brand: string
  readonly model: string
}

type Coded = readonly [name: string, code: string]

const SYSTEMS: ReadonlyMap<string, Coded> = new Map([
  ['Windows', ['Windows', 'WIN']],
  ['macOS', ['Mac', 'MAC']],
  ['Linux', ['GNU/Linux', 'LIN']],
  ['Android', ['Android', 'AND']],
  ['iOS', ['iOS', 'IOS']],
  ['iPadOS', ['iOS', 'IOS']],
  ['tvOS', ['Apple TV', 'ATV']],
  ['Chrome OS', ['Chrome OS', 'COS']],
  ['Ubuntu', ['Ubuntu', 'UBT']],
  ['Fedora', ['Fedora', 'FED']],
  ['Debian', ['Debian', 'DEB']],
  ['FreeBSD', ['FreeBSD', 'BSD']],
  ['OpenBSD', ['OpenBSD', 'OBS']],
  ['NetBSD', ['NetBSD', 'NBS']],
  ['Windows Phone', ['Windows Phone', 'WPH']],
  ['BlackBerry', ['BlackBerry OS', 'BLB']],
  ['Bada', ['Bada', 'SBA']],
  ['Tizen', ['Tizen', 'TIZ']],
  ['webOS', ['webOS', 'WOS']],
  ['PlayStation 4', ['PlayStation', 'PS3']],
])

const BROWSERS: ReadonlyMap<string, Coded> = new Map([
  ['Chrome', ['Chrome', 'CH']],
  ['Chrome on Android', ['Chrome Mobile', 'CM']],
  ['Chrome on iOS', ['Chrome Mobile iOS', 'CI']],
  ['Chromium', ['Chromium', 'CR']],
  ['Firefox', ['Firefox', 'FF']],
  ['Firefox on Android', ['Firefox Mobile', 'FM']],
  ['Firefox on iOS', ['Firefox Mobile iOS', 'F1']],
  ['Focus', ['Firefox Focus', 'FK']],
  ['Safari', ['Safari', 'SF']],
  ['Safari on iOS', ['Mobile Safari', 'MF']],
  ['Microsoft Edge', ['Microsoft Edge', 'PS']],
  ['Internet Explorer', ['Internet Explorer', 'IE']],
  ['Opera', ['Opera', 'OP']],
  ['Opera on Android', ['Opera Mobile', 'OM']],
  ['Opera Touch', ['Opera Touch', 'OO']],
  ['Samsung Internet', ['Samsung Browser', 'SB']],
  ['Android Browser', ['Android Browser', 'AN']],
  ['Amazon Silk', ['Mobile Silk', 'MS']],
  ['BlackBerry', ['BlackBerry Browser', 'BB']],
  ['Brave', ['Brave', 'BR']],
  ['DuckDuckGo', ['DuckDuckGo Privacy Browser', 'DD']],
  ['Epiphany', ['GNOME Web', 'EP']],
  ['K-Meleon', ['K-meleon', 'KM']],
  ['Maxthon', ['Maxthon', 'MX']],
  ['Miui', ['MIUI Browser', 'MU']],
  ['NAVER Whale Browser', ['Whale Browser', 'WH']],
  ['Pale Moon', ['Pale Moon', 'PM']],
  ['Puffin', ['Puffin', 'PU']],
  ['QQ Browser', ['QQ Browser', 'QQ']],
  ['QupZilla', ['QupZilla', 'QZ']],
  ['Sailfish', ['Sailfish Browser', 'SA']],
  ['Sleipnir', ['Sleipnir', 'SL']],
  ['Sogou Browser', ['Sogou Explorer', 'SE']],
  ['Tizen', ['Tizen Browser', 'TZ']],
  ['UC Browser', ['UC Browser', 'UC']],
  ['Vivaldi', ['Vivaldi', 'VI']],
  ['Vivo Browser', ['vivo Browser', 'VV']],
  ['WebOS Browser', ['wOSBrowser', 'WO']],
  ['Yandex Browser', ['Yandex Browser', 'YA']],
])

const BRANDS: ReadonlyMap<string, string> = new Map([
  ['Amazon', 'KN'],
  ['Apple', 'AP'],
  ['Asus', 'AU'],
  ['BlackBerry', 'RM'],
  ['Google', 'GO'],
  ['HTC', 'HT'],
  ['Hisense', 'HI'],
  ['Huawei', 'HU'],
  ['Infinix', 'IF'],
  ['LG', 'LG'],
  ['Lenovo', 'LE'],
  ['Microsoft', 'MS'],
  ['Motorola', 'MR'],
  ['Nokia', 'NK'],
  ['OPPO', 'OP'],
  ['OnePlus', 'ON'],
  ['Panasonic', 'PA'],
  ['Philips', 'PH'],
  ['Realme', 'RE'],
  ['Roku', 'RK'],
  ['Samsung', 'SA'],
  ['Sharp', 'SH'],
  ['Sony', 'SO'],
  ['TCL', 'TC'],
  ['Tecno Mobile', 'TB'],
  ['Vivo', 'VV'],
  ['Xiaomi', 'XI'],
  ['ZTE', 'ZT'],
])

const DEVICES: ReadonlyMap<string, number> = new Map([
  ['desktop', 0],
  ['mobile', 1],
  ['tablet', 2],
  ['tv', 5],
])

const osField = ({ name, version = '' }: Os): DocumentedOs => {
  const [documented, code] = SYSTEMS.get(name) ?? [name, '']
  return { name: documented, short_name: code, version, platform: '' }
}

const browserCode = (name: string, os: Os | undefined, device: Device | undefined): Coded => {
  const system = os?.name === 'iPadOS' ? 'iOS' : os?.name
  // A tablet with Android runs the desktop's Chrome or Opera, though the phone's Firefox.
  const asOnDesktop = system === 'Android' && device?.type !== 'mobile' && name !== 'Firefox'
  return (asOnDesktop ? undefined : BROWSERS.get(`${name} on ${system}`)) ?? BROWSERS.get(name) ?? [name, '']
}

const clientField = ({ os, client, device }: ClientInfo): ClientFields['client'] => {
  if (client === undefined || client.type === 'bot') return null
  const { name, version = '', engine = '' }: Client = client
  if (client.type !== 'browser') return { type: client.type === 'app' ? 'mobile app' : 'library', name, version }
  const [documented, code] = browserCode(name, os, device)
  const short = /^(\d+\.\d+)\.\d+\.\d+$/.exec(version)?.[1] ?? version
  return { type: 'browser', name: documented, short_name: code, version: short, engine }
}

const brandField = ({ os, device }: ClientInfo): string => {
  // The documented example of a Mac has no brand.
  if (device?.brand === undefined || (os?.name === 'macOS' && device.type === 'desktop')) return ''
  return BRANDS.get(device.brand) ?? device.brand
}

/**
 * Shows what a user agent says in the fields of the documented API, with the names and codes of the device detector
 * that API was built on.
 *
 * @param info - what the text says, or `undefined` when there is no text.
 */
export const clientFields = (info: ClientInfo | undefined): ClientFields => {
  if (info === undefined || info.client?.type === 'bot') {
    return { OS: null, client: null, device: null, brand: '', model: '' }
  }
  return {
    OS: info.os ? osField(info.os) : [],
    client: clientField(info),
    device: DEVICES.get(info.device?.type ?? '') ?? null,
    brand: brandField(info),
    model: info.device?.model ?? '',
  }
}
