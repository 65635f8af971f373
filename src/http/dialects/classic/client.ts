import type { ClientInfo } from '../../../domain/client-info.js'
import { brands, browsers, type Coded, devices, systems } from './device-codes.js'

type Os = NonNullable<ClientInfo['os']>
type Client = NonNullable<ClientInfo['client']>
type Device = NonNullable<ClientInfo['device']>

/** An operating system, as Appwrite shows it. */
export interface ClassicOs {
  readonly name: string
  /** Three letters, or the empty string for a system without a code. */
  readonly short_name: string
  readonly version: string
  /** The processor, which is not detected: always the empty string. */
  readonly platform: string
}

/** A browser, as Appwrite shows it. */
export interface ClassicBrowser {
  readonly type: 'browser'
  readonly name: string
  /** Two letters, or the empty string for a browser without a code. */
  readonly short_name: string
  readonly version: string
  readonly engine: string
}

/** A client that is not a browser, as Appwrite shows it. */
export interface ClassicProgram {
  readonly type: 'library' | 'mobile app'
  readonly name: string
  readonly version: string
}

/** The fields of a session or log item that come from the user agent. */
export interface ClientFields {
  /** An empty list when the user agent does not say, `null` for a bot and without a user agent. */
  readonly OS: ClassicOs | readonly [] | null
  readonly client: ClassicBrowser | ClassicProgram | null
  /** 0 for a desktop, 1 for a phone, 2 for a tablet, 5 for a television. */
  readonly device: number | null
  /** Two letters, the name of a brand without a code, or the empty string. */
  readonly brand: string
  readonly model: string
}

/** Shortens a version as Matomo's device detector does. */
const majorMinor = (version: string): string => /^\d+\.\d+/.exec(version)?.[0] ?? version

const osField = ({ name, version = '' }: Os): ClassicOs => {
  const [shown, code] = systems.get(name) ?? [name, '']
  return { name: shown, short_name: code, version: majorMinor(version), platform: '' }
}

const browserCode = (name: string, os: Os | undefined, device: Device | undefined): Coded => {
  const system = os?.name === 'iPadOS' ? 'iOS' : os?.name
  // On an Android tablet, Chrome and Opera have their desktop codes, Firefox that of phones.
  const asOnDesktop = system === 'Android' && device?.type !== 'mobile' && name !== 'Firefox'
  return (asOnDesktop ? undefined : browsers.get(`${name} on ${system}`)) ?? browsers.get(name) ?? [name, '']
}

const clientField = ({ os, client, device }: ClientInfo): ClientFields['client'] => {
  if (client === undefined || client.type === 'bot') return null
  const { name, version = '', engine = '' }: Client = client
  const type = client.type === 'app' ? 'mobile app' : 'library'
  if (client.type !== 'browser') return { type, name, version: majorMinor(version) }
  const [shown, code] = browserCode(name, os, device)
  return { type: 'browser', name: shown, short_name: code, version: majorMinor(version), engine }
}

const brandField = ({ os, device }: ClientInfo): string => {
  // Appwrite's own example of a Mac has no brand.
  if (device?.brand === undefined || (os?.name === 'macOS' && device.type === 'desktop')) return ''
  return brands.get(device.brand) ?? device.brand
}

/**
 * Converts what is known of a user agent to the fields of Appwrite's API, with the names and codes of the device detector that
 * Appwrite uses.
 *
 * @param info - `undefined` when there is no user agent.
 */
export const clientFields = (info: ClientInfo | undefined): ClientFields => {
  if (info === undefined || info.client?.type === 'bot') {
    return { OS: null, client: null, device: null, brand: '', model: '' }
  }
  return {
    OS: info.os ? osField(info.os) : [],
    client: clientField(info),
    device: devices.get(info.device?.type ?? '') ?? null,
    brand: brandField(info),
    model: info.device?.model ?? '',
  }
}
