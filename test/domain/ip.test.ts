import { expect, test } from 'vitest'
import { callerSchema, canonicalIp } from '../../src/domain/caller.js'
import { checked } from '../../src/domain/input.js'

test.each([
  ['1.2.3.4', '1.2.3.4'],
  ['::ffff:1.2.3.4', '1.2.3.4'],
  ['::FFFF:1.2.3.4', '1.2.3.4'],
  ['::ffff:0102:0304', '1.2.3.4'],
  ['0:0::1', '::1'],
  ['0000:0000:0000:0000:0000:0000:0000:0001', '::1'],
  ['2001:DB8::0001', '2001:db8::1'],
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['fe80::1%eth0', 'fe80::1'],
])('the one spelling of %s is %s [B-60]', (text, canonical) => {
  expect(canonicalIp(text)).toBe(canonical)
  expect(canonicalIp(canonical)).toBe(canonical)
})

test.each([
  ['203.0.113.7:51234', '203.0.113.7'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['[2001:DB8::1]', '2001:db8::1'],
  ['[fe80::1%eth0]:8080', 'fe80::1'],
  ['[::ffff:203.0.113.7]:0', '203.0.113.7'],
  [' 203.0.113.7\t', '203.0.113.7'],
  [' [2001:db8::1]:443 ', '2001:db8::1'],
  [' 2001:db8::1', '2001:db8::1'],
  ['2001:db8::1:443', '2001:db8::1:443'],
  ['::ffff:203.0.113.7:51234', '203.0.113.7'],
  ['::FFFF:203.0.113.7:80', '203.0.113.7'],
  ['"[2001:db8::1]:443"', '2001:db8::1'],
  ['"203.0.113.7:51234"', '203.0.113.7'],
])('of %j the address is kept, without what a proxy has added: %s [B-158]', (text, canonical) => {
  expect(canonicalIp(text)).toBe(canonical)
  expect(checked(callerSchema, { ip: text })).toEqual({ ip: canonical })
})

const noAddresses = [
  '',
  '1.2.3',
  '1.2.3.4.5',
  '01.2.3.4',
  '256.1.1.1',
  ':::',
  'localhost',
  '1.2.3.4\n',
  '[1.2.3.4',
  '::1]',
]
const noPorts = [
  '1.2.3.4:',
  '1.2.3.4:http',
  '1.2.3.4:123456',
  '[::1]:',
  '[::1]443',
  ':80',
  '[]:80',
  'localhost:80',
  '::ffff:1.2.3.4:',
  '"1.2.3.4',
]
const lists = ['1.2.3.4, 5.6.7.8', '1.2.3.4 5.6.7.8', '1.2.3.4:80,5.6.7.8']

test.each([...noAddresses, ...noPorts, ...lists])('%j is no IP address [B-60]', (text) => {
  expect(canonicalIp(text)).toBeUndefined()
  expect(checked(callerSchema, { ip: text })).toEqual({})
})

test('a megabyte is no IP address', () => {
  expect(canonicalIp('1.'.repeat(500_000))).toBeUndefined()
  expect(canonicalIp(':'.repeat(1_000_000))).toBeUndefined()
})
