import { describe, expect, test } from 'vitest'
import { describeClient } from '../../src/user-agent/describe-client.js'
import { agents } from './agents.js'

function told(agent: string): string {
  const { os, client, device } = describeClient(agent)
  return [os && [os.name, os.version], client && [client.type, client.name, client.version, client.engine], device]
    .map((part) => (part ? Object.values(part).filter(Boolean).join(' ') : '-'))
    .join(' | ')
}

test('of 200 different agents and more is known what they are', () => {
  expect(new Set(agents.map(([, agent]) => agent)).size).toBe(agents.length)
  expect(agents.length).toBeGreaterThanOrEqual(200)
})

test.each(agents)('%s: %s [B-164]', (expected, agent) => {
  expect(told(agent)).toBe(expected)
})

describe('the version of an Apple system', () => {
  const iphone = (os: string, rest: string) =>
    `Mozilla/5.0 (iPhone; CPU iPhone OS ${os} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) ${rest}`

  test.each(['18_6', '18_7', '18_7_2'])(
    'is that of Safari where %s is shown in the place of 26 and later [B-164]',
    (os) => {
      for (const version of ['26.0', '26.2', '26.3.1', '27.0']) {
        const { os: system } = describeClient(iphone(os, `Version/${version} Mobile/15E148 Safari/604.1`))
        expect(system).toEqual({ name: 'iOS', version })
      }
    },
  )

  test('is not told by an app that shows what every system since 18.6 does, unless it says more [B-164]', () => {
    const versionOf = (rest: string) => describeClient(iphone('18_7', rest)).os?.version
    expect(versionOf('Mobile/15E148 Line/15.18.0')).toBeUndefined()
    expect(versionOf('Mobile/23C55 Snapchat/13.70.0.44')).toBe('26')
    expect(versionOf('Mobile/15E148 [FBAN/FBIOS;FBAV/540.0;FBSV/26.2]')).toBe('26.2')
    expect(versionOf('CriOS/143.0.7499.92 Mobile/15E148 Safari/604.1')).toBe('18.7')
  })
})
