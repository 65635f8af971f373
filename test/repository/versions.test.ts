import { expect, test } from 'vitest'
import { version } from '../../src/domain/version.js'
import { textOf } from './files.js'

const manifest = JSON.parse(textOf('package.json'))

test('the version in the source is that of the package', () => {
  expect(version).toBe(manifest.version)
})

test('the change log tells of this version', () => {
  expect(textOf('CHANGELOG.md')).toContain(`## ${version}`)
})

test('the package runs no script when it is installed [B-120]', () => {
  expect(Object.keys(manifest.scripts).filter((name) => /^(?:pre|post)?install$|^prepare$/.test(name))).toEqual([])
})

test('every subpath has types for old module resolution', () => {
  const subpaths = Object.keys(manifest.exports).filter((subpath) => subpath !== '.' && !subpath.endsWith('.json'))
  expect(Object.keys(manifest.typesVersions['*']).map((name) => `./${name}`)).toEqual(subpaths)
})

test('the lockfile knows every optional package of every platform, without which npm ci refuses it [B-121]', () => {
  const { packages } = JSON.parse(textOf('package-lock.json'))
  const wanted = Object.entries<{ optionalDependencies?: object }>(packages).flatMap(
    ([place, { optionalDependencies }]) =>
      Object.keys(optionalDependencies ?? {}).map((name) => [`node_modules/${name}`, `${place}/node_modules/${name}`]),
  )
  expect(wanted.filter((places) => !places.some((place) => place in packages))).toEqual([])
})

test('the lockfile names no host of a registry', () => {
  expect(textOf('package-lock.json')).not.toContain('"resolved"')
})
