import Bowser from 'bowser'
import { assert, constantFrom, oneof, property, string } from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { ClientInfo } from '../../src/domain/client-info.js'
import { describeClient } from '../../src/user-agent/describe-client.js'

// `OS version | client | device`, with `-` for what the text does not say.
const summary = ({ os, client, device }: ClientInfo): string =>
  [os && [os.name, os.version], client && [client.type, client.name, client.version, client.engine], device]
    .map((part) => (part ? Object.values(part).filter(Boolean).join(' ') : '-'))
    .join(' | ')

const chrome = (system: string, mobile = '') =>
  `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.6099.144${mobile} Safari/537.36`
const apple = (system: string, rest: string) =>
  `Mozilla/5.0 (${system}) AppleWebKit/605.1.15 (KHTML, like Gecko) ${rest}`
const WINDOWS = 'Windows NT 10.0; Win64; x64'
const MAC = 'Macintosh; Intel Mac OS X 10_15_7'
const IPHONE = 'iPhone; CPU iPhone OS 17_2_1 like Mac OS X'
const LUMIA =
  'Mobile; Windows Phone 8.1; Android 4.0; ARM; Trident/7.0; Touch; rv:11.0; IEMobile/11.0; NOKIA; Lumia 520'

describe('a browser comes with its engine, its system and its device', () => {
  it.each([
    [chrome(WINDOWS), 'Windows 10 | browser Chrome 120.0.6099.144 Blink | desktop'],
    [`${chrome(WINDOWS)} Edg/120.0.2210.91`, 'Windows 10 | browser Microsoft Edge 120.0.2210.91 Blink | desktop'],
    [`${chrome(WINDOWS)} Edge/18.17763`, 'Windows 10 | browser Microsoft Edge 18.17763 EdgeHTML | desktop'],
    [`${chrome(WINDOWS)} OPR/105.0.0.0`, 'Windows 10 | browser Opera 105.0.0.0 Blink | desktop'],
    ['Opera/9.80 (Windows NT 6.1) Presto/2.12.388 Version/12.18', 'Windows 7 | browser Opera 12.18 Presto | desktop'],
    [chrome(MAC), 'macOS 10.15.7 | browser Chrome 120.0.6099.144 Blink | desktop Apple'],
    [apple(MAC, 'Version/17.2 Safari/605.1.15'), 'macOS 10.15.7 | browser Safari 17.2 WebKit | desktop Apple'],
    [chrome('X11; Linux x86_64'), 'Linux | browser Chrome 120.0.6099.144 Blink | desktop'],
    [
      'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0',
      'Ubuntu | browser Firefox 121.0 Gecko | desktop',
    ],
    [chrome('X11; CrOS x86_64 14541.0.0'), 'Chrome OS 14541.0.0 | browser Chrome 120.0.6099.144 Blink | desktop'],
    [
      'Mozilla/5.0 (Android 13; Mobile; rv:121.0) Gecko/121.0 Firefox/121.0',
      'Android 13 | browser Firefox 121.0 Gecko | mobile',
    ],
    [
      `${chrome('Linux; Android 10; HD1913', ' Mobile')} EdgA/120.0.2210.115`,
      'Android 10 | browser Microsoft Edge 120.0.2210.115 Blink | mobile HD1913',
    ],
    [
      chrome('Linux; Android 13; SM-S918B', ' Mobile').replace('Chrome', 'SamsungBrowser/23.0 Chrome'),
      'Android 13 | browser Samsung Internet 23.0 Blink | mobile Samsung SM-S918B',
    ],
    [
      chrome('Linux; Android 9; SAMSUNG SM-T585'),
      'Android 9 | browser Chrome 120.0.6099.144 Blink | tablet Samsung SM-T585',
    ],
    [
      chrome('Linux; U; Android 13; ko-kr; Pixel 7 Build/TQ3A.230805.001; wv', ' Mobile'),
      'Android 13 | browser Chrome 120.0.6099.144 Blink | mobile Google Pixel 7',
    ],
    [
      `Mozilla/5.0 (${LUMIA}) like iPhone OS 7_0_3 Mac OS X AppleWebKit/537 Mobile Safari/537`,
      'Windows Phone 8.1 | browser Internet Explorer 11.0 Trident | mobile Nokia',
    ],
  ])('%s', (text, expected) => {
    expect(summary(describeClient(text))).toBe(expected)
  })
})

describe('every browser of an iPhone or iPad runs on WebKit, and the model is no more than the name of the line', () => {
  it.each([
    [IPHONE, 'Version/17.2 Mobile/15E148 Safari/604.1', 'iOS 17.2.1 | browser Safari 17.2', 'mobile Apple iPhone'],
    [
      IPHONE,
      'CriOS/120.0.1.2 Mobile/15E148 Safari/604.1',
      'iOS 17.2.1 | browser Chrome 120.0.1.2',
      'mobile Apple iPhone',
    ],
    [IPHONE, 'EdgiOS/120.0.1.2 Safari/605.1', 'iOS 17.2.1 | browser Microsoft Edge 120.0.1.2', 'mobile Apple iPhone'],
    [IPHONE, 'FxiOS/121.0 Mobile/15E148', 'iOS 17.2.1 | browser Firefox 121.0', 'mobile Apple iPhone'],
    ['iPad; CPU OS 16_6 like Mac OS X', 'Version/16.6', 'iPadOS 16.6 | browser Safari 16.6', 'tablet Apple iPad'],
    ['iPad; CPU OS 9_3_5 like Mac OS X', 'Version/9.0', 'iOS 9.3.5 | browser Safari 9.0', 'tablet Apple iPad'],
    ['Macintosh; Intel Mac OS X 10.15', 'FxiOS/121.0 Mobile', 'iPadOS | browser Firefox 121.0', 'tablet Apple iPad'],
  ])('%s with %s', (system, rest, program, device) => {
    expect(summary(describeClient(apple(system, rest)))).toBe(`${program} WebKit | ${device}`)
  })
})

it('the letter by which Chrome hides the model is no model', () => {
  expect(describeClient(chrome('Linux; Android 10; K', ' Mobile')).device).toEqual({ type: 'mobile' })
  expect(describeClient(chrome('Linux; Android 10; K')).device).toEqual({ type: 'tablet' })
})

describe('a television is neither a tablet nor a desktop', () => {
  it.each([
    [chrome('SMART-TV; Linux; Tizen 5.0'), 'tv Samsung'],
    [chrome('Web0S; Linux/SmartTV'), 'tv LG'],
    [chrome('Linux; Android 9; BRAVIA 4K UR2 Build/PTT1.190515.001.S52'), 'tv Sony BRAVIA 4K UR2'],
    [chrome('Linux; Android 7.1.2; AFTMM Build/NS6265; wv', ' Mobile'), 'tv Amazon AFTMM'],
    ['Roku/DVP-9.10 (519.10E04111A)', 'tv Roku'],
    ['AppleTV11,1/11.1', 'tv Apple'],
  ])('%s', (text, device) => {
    expect(Object.values(describeClient(text).device ?? {}).join(' ')).toBe(device)
  })
})

describe('a bot is described by its name alone, whatever browser it borrows', () => {
  it.each([
    ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'Googlebot 2.1'],
    [
      `${chrome('Linux; Android 6.0.1; Nexus 5X', ' Mobile')} (compatible; Googlebot/2.1; +http://g.co)`,
      'Googlebot 2.1',
    ],
    [
      'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://b.co) Chrome/1',
      'bingbot 2.0',
    ],
    ['Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://o.co)', 'GPTBot 1.2'],
    ['facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)', 'facebookexternalhit 1.1'],
    ['Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)', 'Slackbot-LinkExpanding'],
    ['Mozilla/5.0 (compatible; MJ12bot/v1.4.8; http://mj12bot.com/)', 'MJ12bot 1.4.8'],
    ['Mozilla/5.0 (compatible; Fetcher/3.1; +https://example.com/about)', 'Fetcher 3.1'],
  ])('%s', (text, expected) => {
    expect(summary(describeClient(text))).toBe(`- | bot ${expected} | -`)
  })
})

it('a phone of a brand that ends in "bot", and a program whose page does, are no bots', () => {
  expect(describeClient(chrome('Linux; Android 9; CUBOT NOTE 7', ' Mobile')).client?.type).toBe('browser')
  expect(describeClient('MyApp/1.0 (https://mybot.example)').client?.type).toBe('app')
  expect(describeClient(`${chrome(WINDOWS)} Yahoo/1`).device).toEqual({ type: 'desktop' })
})

describe('a known HTTP library is one with or without a version', () => {
  it.each([
    ['curl/7.81.0', 'curl 7.81.0'],
    ['node', 'node'],
    ['undici', 'undici'],
    ['node-fetch/1.0 (+https://github.com/bitinn/node-fetch)', 'node-fetch 1.0'],
    ['got (https://github.com/sindresorhus/got)', 'got'],
    ['axios/1.6.2', 'axios 1.6.2'],
    ['okhttp/4.12.0', 'okhttp 4.12.0'],
    ['python-requests/2.31.0', 'python-requests 2.31.0'],
    ['PostmanRuntime/7.36.0', 'PostmanRuntime 7.36.0'],
    ['Go-http-client/1.1', 'Go-http-client 1.1'],
    ['Dart/3.2 (dart:io)', 'Dart 3.2'],
  ])('%s', (text, expected) => {
    expect(summary(describeClient(text))).toBe(`- | library ${expected} | -`)
  })

  it('with the system it names', () => {
    expect(summary(describeClient('Wget/1.21.2 (linux-gnu)'))).toBe('Linux | library Wget 1.21.2 | desktop')
  })
})

describe('any other program is an app by the product it names first', () => {
  it.each([
    ['MyApp/3.2 CFNetwork/1408.0.4 Darwin/22.5.0', 'iOS | app MyApp 3.2 | mobile Apple'],
    ['My%20App/3.2 CFNetwork/978.0.7 Darwin/18.7.0 (x86_64)', 'macOS | app My App 3.2 | desktop Apple'],
    ['MyApp/3.2 (iPhone; iOS 16.5; Scale/3.00)', 'iOS 16.5 | app MyApp 3.2 | mobile Apple iPhone'],
    ['My App/3.2 (iPad; iOS 12.5; Scale/2.00)', 'iOS 12.5 | app My App 3.2 | tablet Apple iPad'],
    ['MyApp/3.2 (com.example; iOS 16.5.0) Alamofire/5.6', 'iOS 16.5.0 | app MyApp 3.2 | mobile Apple'],
    ['MyApp/3.2 (build:3; Android 13; Pixel 7) okhttp/4.10', 'Android 13 | app MyApp 3.2 | mobile Google Pixel 7'],
    ['npm/8.1.2 node/v16.13.1 win32 x64', 'Windows | app npm 8.1.2 | desktop'],
    [
      'Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.1',
      'Windows | app WindowsPowerShell 5.1.1 | desktop',
    ],
    ['__proto__/1', '- | app __proto__ 1 | -'],
    ['constructor/1', '- | app constructor 1 | -'],
  ])('%s', (text, expected) => {
    expect(summary(describeClient(text))).toBe(expected)
  })
})

const HOSTILE = ['(', 'a', '/', ';', '\u0000', '\u001b[2J', '😀', '\ud800', ' ', '; Android 1;', 'compatible;', 'bot']

describe('nothing comes of a text that says nothing', () => {
  it.each(['', ' ', 'x', '(', '\u0000', '\ud800', '😀', 'Mozilla/5.0', 'a'.repeat(512), '('.repeat(512)])(
    '%j',
    (text) => {
      expect(describeClient(text)).toEqual({})
    },
  )
})

const stringsOf = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(stringsOf)

it('any text whatever is described in short, printable strings', () => {
  const pieces = [...HOSTILE, ...'/ 1 Mozilla/ Windows Android iPhone OS Macintosh Opera OPR/<b> Build/'.split(' ')]
  const text = oneof(
    string({ unit: 'binary' }),
    string({ unit: oneof(constantFrom(...pieces), string()), maxLength: 99 }),
  )
  const law = property(text, (userAgent) => {
    for (const part of stringsOf(describeClient(userAgent))) expect(part).toMatch(/^[\w.,+()/!-][\w .,+()/!-]{0,63}$/)
  })
  assert(law, { numRuns: 2000 })
})

it('a name or version of any length is cut to 64 characters', () => {
  expect(describeClient(`${'a'.repeat(60)}/1${'0'.repeat(99)}`).client?.version).toHaveLength(64)
  expect(describeClient(chrome(`Linux; Android 13; ${'M'.repeat(99)}`)).device?.model).toHaveLength(64)
})

it('a text that breaks the parser says nothing, and breaks nothing else', () => {
  const parse = vi.spyOn(Bowser, 'parse').mockImplementation(() => {
    throw new Error('odd text')
  })
  expect(describeClient(`${chrome(WINDOWS)} odd`)).toEqual({})
  parse.mockRestore()
})

it('only the first 512 characters are read', () => {
  expect(describeClient(`${' '.repeat(600)}curl/7.81.0`)).toEqual({})
  expect(describeClient(`curl/7.81.0${' '.repeat(600)}`).client?.name).toBe('curl')
})

it.each(HOSTILE)('a hostile text of 100 KB of %j takes no time to speak of [B-60, B-116]', (piece) => {
  const times = ['', 'Mozilla/5.0 (', 'Mozilla/5.0 (Linux; Android 1; '].flatMap((start) =>
    [1, 2, 3].map((n) => {
      const text = start + piece.repeat(100_000 / piece.length) + n
      const before = performance.now()
      describeClient(text)
      return performance.now() - before
    }),
  )
  // The best of each three, for the machine may be busy.
  for (let at = 0; at < times.length; at += 3) expect(Math.min(...times.slice(at, at + 3))).toBeLessThan(1000)
})

it('a caller cannot change what another is told', () => {
  const info = describeClient(chrome('Linux; Android 13; Pixel 7', ' Mobile'))
  for (const part of [info, info.os, info.client, info.device]) expect(Object.isFrozen(part)).toBe(true)
  expect(Object.isFrozen(describeClient(''))).toBe(true)
})

it('a text is read once while it is among the 500 newest', () => {
  const read = (n: number) => describeClient(`MyApp/${n}`)
  const first = read(0)
  for (let n = 1; n < 500; n++) read(n)
  expect(read(0)).toBe(first)
  read(500)
  expect(read(0)).not.toBe(first)
  expect(read(0)).toEqual(first)
})
