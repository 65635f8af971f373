import { beforeAll, describe, expect, test } from 'vitest'
import { type Project, project } from './project.js'
import { type Runtime, runtimes } from './runtimes.js'

const jest = 'node_modules/jest/bin/jest.js'
const modules = '--experimental-vm-modules'

async function jestProject(runtime: Runtime): Promise<Project> {
  const packages = ['jest@30', '@babel/plugin-transform-modules-commonjs@7']
  return project({ runtime, files: 'jest', packages, manifest: { jest: { testEnvironment: 'node' } } })
}

describe.each(runtimes)('createTestUsers under Jest on Node %i', (runtime) => {
  let made: Project
  beforeAll(async () => {
    made = await jestProject(runtime)
  })

  /** What Jest reports about one of the files. */
  async function reported(kind: 'mjs' | 'cjs', flags: string[], ...options: string[]): Promise<string> {
    const { code, stderr } = await made.node(...flags, jest, '--testMatch', `**/users.test.${kind}`, ...options)
    return `${code} ${stderr}`
  }
  const good = /^0 [\s\S]*Tests: +1 passed, 1 total/

  test('works in an ES module, with the flag that Jest asks for', async () => {
    expect(await reported('mjs', [modules])).toMatch(good)
  })

  test('works in CommonJS when Jest is told to translate the package', async () => {
    const plugins = ['@babel/plugin-transform-modules-commonjs']
    const config = {
      testEnvironment: 'node',
      transform: { '\\.[cm]?js$': ['babel-jest', { plugins }] },
      transformIgnorePatterns: ['/node_modules/(?!(rollbook|nanoid)/)'],
    }
    expect(await reported('cjs', [], '--config', JSON.stringify(config))).toMatch(good)
  })

  if (runtime >= 24) {
    test('works in CommonJS with the same flag alone', async () => {
      expect(await reported('cjs', [modules])).toMatch(good)
    })
  } else {
    test('says what is missing in CommonJS without either', async () => {
      expect(await reported('cjs', [])).toContain('transformIgnorePatterns')
    })
  }
})
