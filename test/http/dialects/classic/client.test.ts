import { describe, expect, it } from 'vitest'
import type { ClientInfo } from '../../../../src/domain/client-info.js'
import { clientFields } from '../../../../src/http/dialects/classic/client.js'
import { describeClient } from '../../../../src/user-agent/describe-client.js'

type Device = NonNullable<ClientInfo['device']>

const browser = (name: string, system: string, device: Device['type'] = 'desktop'): ClientInfo => ({
  os: { name: system },
  client: { type: 'browser', name, version: '1.2' },
  device: { type: device },
})

const EXAMPLE = {
  OS: { name: 'Mac', short_name: 'MAC', version: '10.15', platform: '' },
  client: { type: 'browser', name: 'Chrome', short_name: 'CH', version: '80.0', engine: 'Blink' },
  device: 0,
  brand: '',
  model: '',
}

it('the example in the documentation of Appwrite comes out of its user agent', () => {
  const text =
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/80.0.3987.132 Safari/537.36'
  expect(clientFields(describeClient(text))).toEqual(EXAMPLE)
})

it('a text that says nothing gives an empty list for the system, and null for the client and the device', () => {
  expect(clientFields({})).toEqual({ OS: [], client: null, device: null, brand: '', model: '' })
})

it('a bot and an absent text give null throughout', () => {
  const nothing = { OS: null, client: null, device: null, brand: '', model: '' }
  expect(clientFields(undefined)).toEqual(nothing)
  expect(clientFields({ ...browser('Chrome', 'Android'), client: { type: 'bot', name: 'Googlebot' } })).toEqual(nothing)
})

it('missing strings are empty ones', () => {
  expect(clientFields({ os: { name: 'Windows' }, client: { type: 'browser', name: 'Chrome' } })).toEqual({
    OS: { name: 'Windows', short_name: 'WIN', version: '', platform: '' },
    client: { type: 'browser', name: 'Chrome', short_name: 'CH', version: '', engine: '' },
    device: null,
    brand: '',
    model: '',
  })
})

it('a program that is no browser has neither a code nor an engine', () => {
  expect(clientFields({ client: { type: 'library', name: 'curl', version: '7.81.0' } }).client).toEqual({
    type: 'library',
    name: 'curl',
    version: '7.81',
  })
  expect(clientFields({ client: { type: 'app', name: 'MyApp' } }).client).toEqual({
    type: 'mobile app',
    name: 'MyApp',
    version: '',
  })
})

describe('a system has the name and code of the device detector', () => {
  it.each([
    ['Windows', 'Windows', 'WIN'],
    ['macOS', 'Mac', 'MAC'],
    ['Linux', 'GNU/Linux', 'LIN'],
    ['Android', 'Android', 'AND'],
    ['iOS', 'iOS', 'IOS'],
    ['iPadOS', 'iOS', 'IOS'],
    ['Chrome OS', 'Chrome OS', 'COS'],
    ['Ubuntu', 'Ubuntu', 'UBT'],
    ['Unheard of', 'Unheard of', ''],
    ['__proto__', '__proto__', ''],
  ])('%s', (name, documented, code) => {
    expect(clientFields({ os: { name } }).OS).toMatchObject({ name: documented, short_name: code })
  })
})

describe('a browser has the name and code of the device detector, which tell a phone from a desktop', () => {
  it.each([
    ['Chrome', 'Windows', 'desktop', 'Chrome', 'CH'],
    ['Chrome', 'Android', 'mobile', 'Chrome Mobile', 'CM'],
    ['Chrome', 'Android', 'tablet', 'Chrome', 'CH'],
    ['Chrome', 'iOS', 'mobile', 'Chrome Mobile iOS', 'CI'],
    ['Firefox', 'Linux', 'desktop', 'Firefox', 'FF'],
    ['Firefox', 'Android', 'tablet', 'Firefox Mobile', 'FM'],
    ['Safari', 'macOS', 'desktop', 'Safari', 'SF'],
    ['Safari', 'iPadOS', 'tablet', 'Mobile Safari', 'MF'],
    ['Microsoft Edge', 'Windows', 'desktop', 'Microsoft Edge', 'PS'],
    ['Opera', 'Windows', 'desktop', 'Opera', 'OP'],
    ['Opera', 'Android', 'mobile', 'Opera Mobile', 'OM'],
    ['Samsung Internet', 'Android', 'mobile', 'Samsung Browser', 'SB'],
    ['Internet Explorer', 'Windows', 'desktop', 'Internet Explorer', 'IE'],
    ['Unheard of', 'Windows', 'desktop', 'Unheard of', ''],
    ['constructor', 'Windows', 'desktop', 'constructor', ''],
  ] as const)('%s on %s (%s)', (name, system, device, documented, code) => {
    expect(clientFields(browser(name, system, device)).client).toMatchObject({ name: documented, short_name: code })
  })
})

it('a version is cut to its first two numbers', () => {
  const shown = (version: string) =>
    clientFields({ client: { type: 'browser', name: 'Chrome', version } }).client?.version
  expect(['80.0.3987.132', '17.2.1', '121.0', '6'].map(shown)).toEqual(['80.0', '17.2', '121.0', '6'])
})

it('each kind of device has its number', () => {
  const numbers = (['desktop', 'mobile', 'tablet', 'tv'] as const).map(
    (type) => clientFields({ device: { type } }).device,
  )
  expect(numbers).toEqual([0, 1, 2, 5])
})

it('a brand is its code, or its name where it has none, and a Mac has no brand', () => {
  const shown = (brand: string) => clientFields({ device: { type: 'mobile', brand } }).brand
  const brands = [
    'Apple',
    'Samsung',
    'Google',
    'Huawei',
    'Xiaomi',
    'Sony',
    'LG',
    'Microsoft',
    'Unheard of',
    '__proto__',
  ]
  expect(brands.map(shown)).toEqual(['AP', 'SA', 'GO', 'HU', 'XI', 'SO', 'LG', 'MS', 'Unheard of', '__proto__'])
  expect(clientFields({ os: { name: 'macOS' }, device: { type: 'desktop', brand: 'Apple' } }).brand).toBe('')
})

it('a model is shown as the text gives it', () => {
  expect(clientFields({ device: { type: 'mobile', brand: 'Google', model: 'Pixel 7' } }).model).toBe('Pixel 7')
})
