import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { setup as build } from '../build-dist.js'
import { cleanEnvironment } from './command.js'
import { installRuntimes } from './runtimes.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where projects are made, and removed from at the end. */
    readonly folder: string
    /** The packed package. */
    readonly tarball: string
  }
}

/** Builds and packs the package and fetches the runtimes, once before all cases. */
export async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'rollbook-consumers-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    build()
    const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]
    const packed = execFileSync('npm', args, {
      encoding: 'utf8',
      env: cleanEnvironment(),
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [{ filename }] = JSON.parse(packed) as [{ filename: string }]
    await installRuntimes(folder)
    project.provide('folder', folder)
    project.provide('tarball', path.join(folder, filename))
    return remove
  } catch (error) {
    remove()
    throw error
  }
}
