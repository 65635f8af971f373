/** What `bowser` does not know about user agents: data, in the order in which it is tried. */

/** The first matching pattern decides. */
export type Table = readonly (readonly [RegExp, string])[]

// HTTP libraries by the first word they send, in lower case.
export const libraries: ReadonlySet<string> = new Set(
  (
    'aiohttp apache-httpclient axios bun curl dalvik dart deno faraday go-http-client got guzzlehttp httpie insomnia java ' +
    'java-http-client ktor-client libcurl libwww-perl node node-fetch node-superagent node.js okhttp php ' +
    'postmanruntime python python-httpx python-requests python-urllib reqwest restsharp ruby superagent symfony ' +
    'undici wget xh'
  ).split(' '),
)

/**
 * Apps with an embedded browser, by a word that they add to its user agent, and where their version is when it does not
 * follow that word. The embedded browser itself is not worth reporting.
 */
export const apps: readonly (readonly [word: RegExp, name: string, version?: RegExp])[] = [
  [/\bFBAN\/Messenger|\bFB_IAB\/Orca/, 'Messenger', /\bFBAV\/(\d[\d.]*)/],
  [/\bInstagram (\d[\d.]*)/, 'Instagram'],
  [/\bBarcelona (\d[\d.]*)/, 'Threads'],
  [/\bFBA[NV]\/|\bFB_IAB\//, 'Facebook', /\bFBAV\/(\d[\d.]*)/],
  [
    /\bmusical_ly|\btrill_|\bTikTok\b/,
    'TikTok',
    /(?:\bapp_version\/|\bAppVersion\/|\bmusical_ly_|\bTikTok[ /])(\d+\.[\d.]*)/,
  ],
  [/\bLine\/(\d[\d.]*)/, 'LINE'],
  [/\bGSA\/(\d[\d.]*)/, 'Google app'],
  [/\bSnapchat[/ ](\d[\d.]*)/, 'Snapchat'],
  [/\[Pinterest\/|\bPinterest for \w+\/(\d[\d.]*)/, 'Pinterest'],
  [/\bMicroMessenger\/(\d[\d.]*)?/, 'WeChat'],
  [/\bKAKAOTALK[/ ](\d[\d.]*)?/i, 'KakaoTalk'],
  [/\bNAVER\(inapp(?:; ?search; ?\d+; ?(\d[\d.]*))?/, 'NAVER'],
  [/\bLinkedInApp\b(?:\]?\/(\d[\d.]*))?/, 'LinkedIn'],
  [/\bTwitter for \w+(?:\/(\d[\d.]*))?|\bTwitterAndroid\b/, 'Twitter'],
  [/\bTelegram-Android\/(\d[\d.]*)?/, 'Telegram'],
  [/\bReddit\/(?:Version )?(\d[\d.]*)?/, 'Reddit'],
  [/\bdiscord\/(\d[\d.]*)?/i, 'Discord'],
  [/\bSlack(?:_SSB)?\/(\d[\d.]*)?/, 'Slack'],
  [/\bTeams\/(\d[\d.]*)?/, 'Microsoft Teams'],
  [/\bAlipayClient\/(\d[\d.]*)?/, 'Alipay'],
  [/\bbaiduboxapp\/(\d[\d.]*)?/, 'Baidu'],
  [/\bWhatsApp\/(\d[\d.]*)/, 'WhatsApp'],
  [/\bBing(?:Sapphire)?\/(\d[\d.]*)/, 'Bing'],
  [/\bYaApp_\w+\/(\d[\d.]*)/, 'Yandex'],
  [/\bThunderbird\/(\d[\d.]*)/, 'Thunderbird'],
  [/\bCode\/(\d[\d.]*)(?= Chrome\/)/, 'Visual Studio Code'],
  [/\bZalo (?:android|iOS)\/(\d[\d.]*)?/i, 'Zalo'],
]

/** Browsers that imitate the system's own, likewise. */
export const guises: readonly (readonly [name: string, version: RegExp])[] = [
  ['DuckDuckGo', /\b(?:DuckDuckGo|Ddg)\/(\d[\d.]*)/],
  ['Huawei Browser', /\bHuaweiBrowser\/(\d[\d.]*)/],
  ['Meta Quest Browser', /\bOculusBrowser\/(\d[\d.]*)/],
  ['UC Browser', /\b(?:UCBrowser|UBrowser)\/(\d[\d.]*)/],
  ['Opera Mini', /\bOpera Mini\/(\d[\d.]*)/],
  ['Brave', /\bBrave\/(\d[\d.]*)/],
]

/** Browsers for Apple's phones and tablets alone: a "Macintosh" beside them is not a Mac. */
export const padWords = /\b(?:CriOS|FxiOS|EdgiOS|OPiOS|OPT|GSA|Mobile)\//

/** Devices that belong to no other class. */
export const consoleWords = /\b(?:PlayStation|Xbox|Nintendo)\b/

// `cubot` is a brand of phones.
export const botWords =
  /(?<!cu)bot(?![a-z])|crawl|spider|slurp|ia_archiver|externalhit|facebookcatalog|meta-(?:external|webindexer)|mediapartners-|apis-google|google-(?:inspection|read|site)|feedfetcher|imgproxy|lighthouse|pingdom|webzio|(?:chatgpt|claude|perplexity)-user|claude-web/i

export const tvWords =
  /smart-?tv|hbbtv|netcast|web0s|apple ?tv|google ?tv|android ?tv|bravia|; ?aft[a-z]{1,4}\d*\b|\broku\b|crkey|viera|nettv|aquos|vidaa|\bTV Safari\b/i

export const tvBrands: Table = [
  [/web0s|netcast|\blge?\b/i, 'LG'],
  [/samsung|tizen|maple/i, 'Samsung'],
  [/bravia|sony/i, 'Sony'],
  [/; ?aft[a-z]{1,4}\d*\b/i, 'Amazon'],
  [/\broku\b/i, 'Roku'],
  [/apple ?tv/i, 'Apple'],
  [/crkey/i, 'Google'],
  [/philips/i, 'Philips'],
  [/viera|panasonic/i, 'Panasonic'],
  [/hisense|vidaa/i, 'Hisense'],
  [/\btcl\b/i, 'TCL'],
  [/aquos|sharp/i, 'Sharp'],
]

export const modelBrands: Table = [
  [/^(?:SM|GT|SCH|SGH|SHV|SPH)-|^Galaxy/i, 'Samsung'],
  [/^(?:Pixel|Nexus)/, 'Google'],
  [/^(?:HUAWEI|[A-Z]{3}-[A-Z]{1,2}\d)/i, 'Huawei'],
  [/^(?:MI|Mi|Redmi|Xiaomi|POCO) |^M2\d{3}|^2\d{3,7}[A-Z]/, 'Xiaomi'],
  [/^(?:moto|XT\d{4})/i, 'Motorola'],
  [/^OnePlus/i, 'OnePlus'],
  [/^(?:OPPO|CPH\d{4})/, 'OPPO'],
  [/^(?:vivo |V\d{4}[A-Z]?$)/, 'Vivo'],
  [/^(?:realme|RMX\d{4})/i, 'Realme'],
  [/^(?:Sony|Xperia|XQ-|SO-\d|[F-J]\d{4}$)/, 'Sony'],
  [/^(?:LG|LM)-/, 'LG'],
  [/^HTC/, 'HTC'],
  [/^Nokia/, 'Nokia'],
  [/^(?:Lenovo|TB-)/, 'Lenovo'],
  [/^ASUS/i, 'Asus'],
  [/^ZTE/, 'ZTE'],
  [/^KF[A-Z]{2,}$/, 'Amazon'],
  [/^TECNO/i, 'Tecno Mobile'],
  [/^Infinix/i, 'Infinix'],
]

// Parts of Android's comment that are not the model: flags, locales, layouts. `K` is Chrome's placeholder for every
// model.
export const noModel =
  /^(?:|u|k|wv|mobile|tablet|tv|touch|linux|harmonyos|arm\S*|x86\S*|unspecified|[a-z]{2}(?:[-_][a-z]{2,4})?|(?:rv|scale|build|api|sdk|hmscore|gmscore|opera m\w+)\b.*|[\d.]+)$/i

export const unixSystem = /\b(CrOS|Ubuntu|Fedora|Debian|FreeBSD|OpenBSD|NetBSD)\b(?:[ /](?:\w+ )?(\d[\d.]*))?/
export const desktopSystems = /^(?:Windows|macOS|Linux|Chrome OS|Ubuntu|Fedora|Debian|FreeBSD|OpenBSD|NetBSD)$/
export const appleModels: ReadonlyMap<string, string> = new Map([
  ['iphone', 'iPhone'],
  ['ipad', 'iPad'],
  ['ipod', 'iPod'],
])
