import Bowser from 'bowser'
import type { ClientInfo } from '../domain/client-info.js'
import {
  appleModels,
  apps,
  botWords,
  consoleWords,
  desktopSystems,
  guises,
  libraries,
  modelBrands,
  noModel,
  padWords,
  type Table,
  tvBrands,
  tvWords,
  unixSystem,
} from './patterns.js'

type Os = NonNullable<ClientInfo['os']>
type Client = NonNullable<ClientInfo['client']>
type Device = NonNullable<ClientInfo['device']>

const longestText = 512
const longestPart = 64
const mostRemembered = 500

const plain = (value: string | undefined): string | undefined =>
  value
    ?.replace(/[^\w .,+()/!-]/g, '')
    .slice(0, longestPart)
    .trim() || undefined

const named = <Type extends object>(rest: Type, name: string | undefined, version?: string) => {
  const plainName = plain(name)
  const plainVersion = plain(version)
  if (plainName === undefined) return undefined
  return plainVersion === undefined ? { ...rest, name: plainName } : { ...rest, name: plainName, version: plainVersion }
}

const dotted = (version: string | undefined): string | undefined => version?.replaceAll('_', '.')

const lookUp = (table: Table, text: string): string | undefined => table.find(([pattern]) => pattern.test(text))?.[1]

/**
 * The version of iOS or iPadOS. Since 26, browsers report 18.6 or 18.7 instead; what reveals it is Safari's version,
 * which equals the system's, the build number, or what an app adds.
 */
const appleVersion = (text: string, shown: string | undefined): string | undefined => {
  const added = /\bFBSV\/(\d[\d.]*)|; iOS (\d[\d_]*);/.exec(text)
  if (added) return dotted(added[1] ?? added[2])
  const safari = /\bVersion\/(\d+[\d.]*)/.exec(text)?.[1]
  const isFrozen = /^18\.[67]$/.test(shown ?? '')
  if (safari !== undefined) return Number.parseInt(safari, 10) >= 26 && /^18\./.test(shown ?? '') ? safari : shown
  if (!isFrozen) return shown
  if (/\bMobile\/23[A-Z]/.test(text)) return '26'
  // These two contain the system's own version.
  return /\b(?:CriOS|EdgiOS)\//.test(text) ? shown : undefined
}

const isPadAsMac = (text: string): boolean => /\bMacintosh\b/.test(text) && padWords.test(text)

const osOf = (text: string, found: Bowser.Parser.OSDetails): Os | undefined => {
  const unix = unixSystem.exec(text)
  if (/apple ?tv/i.test(text)) return named({}, 'tvOS', dotted(/\b(?:tvOS|CPU OS)[ /](\d[\d._]*)/.exec(text)?.[1]))
  if (unix && (!found.name || found.name === 'Linux' || found.name === 'Chrome OS'))
    return named({}, unix[1] === 'CrOS' ? 'Chrome OS' : unix[1], unix[2])
  if (isPadAsMac(text)) return named({}, 'iPadOS', /\bFBSV\/(\d[\d.]*)/.exec(text)?.[1])
  const playStation = /\bPlayStation (\d)\/(\d[\d.]*)/.exec(text)
  if (playStation) return named({}, `PlayStation ${playStation[1]}`, playStation[2])
  const ios = /\biOS[ /]?(\d[\d._]*)?/.exec(text)
  if (found.name === 'iOS') {
    const version = appleVersion(text, found.version || dotted(ios?.[1]))
    // Since iPadOS 13 a tablet claims to be a "Macintosh", without a version.
    const isPad = /ipad|macintosh/i.test(text) && !(Number.parseInt(version ?? '', 10) < 13)
    return named({}, isPad ? 'iPadOS' : 'iOS', version)
  }
  if (found.name === 'Windows') {
    return named({}, 'Windows', (found.versionName ?? found.version)?.replace(/^NT ?/, ''))
  }
  // Chrome reports this version for every Mac, as it reports `K` for every Android model.
  if (/\bAndroid 10; K\)/.test(text)) return { name: 'Android' }
  if (found.name) return named({}, found.name === 'WebOS' ? 'webOS' : found.name, found.version)
  if (ios) return named({}, 'iOS', dotted(ios[1]))
  // Only the processor identifies a Mac in Apple's networking library.
  if (/\bCFNetwork\//.test(text)) return { name: /x86_64|i386|arm64/.test(text) ? 'macOS' : 'iOS' }
  if (/\b(?:darwin|mac ?os|os x)\b/i.test(text)) return { name: 'macOS' }
  return /\bwin(?:dows|32|64)\b/i.test(text) ? { name: 'Windows' } : undefined
}

const modelOf = (text: string, os: Os | undefined): string | undefined => {
  // Windows Phone also claims to be Android.
  if (os?.name !== 'Android' && os?.name !== 'HarmonyOS') return undefined
  return /\b(?:Android|OpenHarmony)[^;()]*;([^()]*)/
    .exec(text)?.[1]
    ?.split(';')
    .map((part) => part.replace(/\bBuild\/.*$/, '').trim())
    .find((part) => !noModel.test(part))
    ?.replace(/^SAMSUNG[ -]/i, '')
}

const deviceType = (text: string, os: Os | undefined, found: string | undefined, isBrowser: boolean) => {
  if (consoleWords.test(text)) return undefined
  if (tvWords.test(text)) return 'tv'
  if (os?.name === 'iPadOS') return 'tablet'
  // Only browsers reliably say "Mobile" on a phone; its absence from an app means nothing.
  if (os?.name === 'Android' && !isBrowser) return /\btab(?:let)?\b|\bSM-[TX]\d/i.test(text) ? 'tablet' : 'mobile'
  if (found === 'desktop' || found === 'mobile' || found === 'tablet' || found === 'tv') return found
  if (os?.name === 'iOS') return 'mobile'
  return os && desktopSystems.test(os.name) ? 'desktop' : undefined
}

const vendorOf = ({ type, vendor }: Bowser.Parser.PlatformDetails): string | undefined => {
  // The device that a bot names is not its own.
  if (type === 'bot') return undefined
  return vendor === 'Nexus' ? 'Google' : vendor
}

const appleModelOf = (os: Os, found: Bowser.Parser.PlatformDetails): string | undefined =>
  os.name === 'iPadOS' ? 'iPad' : appleModels.get(found.model?.toLowerCase() ?? '')

const deviceOf = (
  text: string,
  os: Os | undefined,
  found: Bowser.Parser.PlatformDetails,
  isBrowser: boolean,
): Device | undefined => {
  const type = deviceType(text, os, found.type, isBrowser)
  if (!type) return undefined
  const isApple = os !== undefined && /^(?:iOS|iPadOS|tvOS|macOS)$/.test(os.name)
  const model = plain(isApple ? appleModelOf(os, found) : modelOf(text, os))
  const vendor = isApple ? 'Apple' : vendorOf(found)
  const brand = (type === 'tv' ? lookUp(tvBrands, text) : model && lookUp(modelBrands, model)) ?? vendor
  return { type, ...(brand ? { brand } : {}), ...(model ? { model } : {}) }
}

const botOf = (text: string): Client | undefined => {
  const word = text.split(/[\s;,()]+/).find((part) => botWords.test(part) && !/:\/\/|@|^www\./.test(part))
  // A link to a page about itself identifies a bot, whatever its name.
  const product = word ?? /\(compatible; ?([^;)]+);[^)]*\bhttps?:/.exec(text)?.[1]
  if (!product) return undefined
  const [name, version] = product.split('/')
  return named({ type: 'bot' as const }, name, /^v?(\d[\d.]*)/.exec(version ?? '')?.[1])
}

const programOf = (text: string): Client | undefined => {
  const [, name, version] = /^(\w[\w.%+ -]{0,63}?)\/v?(\d[\w.+-]*)/.exec(text) ?? [
    undefined,
    /^[\w.-]+/.exec(text)?.[0],
  ]
  const isLibrary = libraries.has(name?.toLowerCase() ?? '')
  if (!isLibrary && !version) return undefined
  return named({ type: isLibrary ? ('library' as const) : ('app' as const) }, name?.replaceAll('%20', ' '), version)
}

const appOf = (text: string): Client | undefined => {
  for (const [word, name, version = word] of apps) {
    const found = word.exec(text)
    if (!found) continue
    const told = version === word ? found : version.exec(text)
    return named({ type: 'app' as const }, name, told?.[1]?.replace(/\.$/, ''))
  }
  return undefined
}

const engineOf = (text: string, os: Os | undefined, found: string | undefined): string | undefined => {
  if (os?.name === 'iOS' || os?.name === 'iPadOS') return 'WebKit'
  return found === 'EdgeHTML' && !/\bEdge\//.test(text) ? 'Blink' : found
}

const browserOf = (text: string, os: Os | undefined, found: Bowser.Parser.ParsedResult): Client | undefined => {
  const { name = '', version } = found.browser
  // A console's browser is none of those that it resembles, and Safari itself has a version.
  if (consoleWords.test(text) && name !== 'Microsoft Edge') return undefined
  if (name === 'Safari' && version === undefined) return undefined
  const guise = guises.find(([, word]) => word.test(text))
  // When bowser recognises no browser, it calls the beginning of the text one.
  if (!name || name.startsWith('Mozilla')) return programOf(/\) (\w[\w.-]*\/[\d.]+)$/.exec(text)?.[1] ?? '')
  const engine = engineOf(text, os, found.engine.name)
  const type = engine ? { type: 'browser' as const, engine } : { type: 'browser' as const }
  if (guise) return named(type, guise[0], guise[1].exec(text)?.[1])
  return named(type, name === 'Samsung Internet for Android' ? 'Samsung Internet' : name, version)
}

const read = (text: string): ClientInfo => {
  const isBrowser = /^(?:Mozilla|Opera)\//.test(text)
  const bot = botOf(text)
  if (bot) return { client: bot }
  const found = Bowser.parse(text)
  const os = osOf(text, found.os)
  const client = appOf(text) ?? (isBrowser ? browserOf(text, os, found) : programOf(text))
  const device = deviceOf(text, os, found.platform, isBrowser)
  return { ...(os && { os }), ...(client && { client }), ...(device && { device }) }
}

const describe = (userAgent: string): ClientInfo => {
  const text = userAgent.slice(0, longestText)
  try {
    return text === '' ? {} : read(text)
  } catch {
    // One odd text must not fail a whole list.
    return {}
  }
}

const frozen = (info: ClientInfo): ClientInfo => {
  for (const part of Object.values(info)) Object.freeze(part)
  return Object.freeze(info)
}

const remembered = new Map<string, ClientInfo>()

/**
 * Describes a user agent with the patterns of `bowser`, and the many programs that are not browsers by the product that
 * they name first. It never throws, reads the first 512 characters, and returns printable ASCII, each string at most 64
 * characters long. A bot is described by its name alone, since the system it reports is not its own.
 *
 * @returns frozen values, which calls with the same text share.
 */
export const describeClient = (userAgent: string): ClientInfo => {
  // Limiting their number limits their memory only while each text is short.
  if (userAgent.length > longestText) return frozen(describe(userAgent))
  const known = remembered.get(userAgent)
  if (known) return known
  const info = frozen(describe(userAgent))
  for (const oldest of remembered.keys()) {
    if (remembered.size < mostRemembered) break
    remembered.delete(oldest)
  }
  remembered.set(userAgent, info)
  return info
}
