import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { inject } from 'vitest'
import { type Ended, ended, succeeded } from './command.js'
import { installed, type Runtime } from './runtimes.js'

/** A project of a user, in a folder of its own. */
export interface Project {
  readonly folder: string
  /** Runs a program of the project, which must end well, and answers what it wrote. */
  run(...args: string[]): Promise<string>
  /** Runs Node in the project, however that ends. */
  node(...args: string[]): Promise<Ended>
  /** Runs another program in the project, however that ends. */
  command(program: string, ...args: string[]): Promise<Ended>
  install(...packages: string[]): Promise<Ended>
  versionOf(name: string): string
}

export interface ProjectOptions {
  readonly runtime: Runtime
  /** The folder below `projects` that holds its files. */
  readonly files: string
  /** What is installed beside the package, as npm is told. */
  readonly packages?: readonly string[]
  /** What else is in its `package.json`. */
  readonly manifest?: object
}

/** Makes a project and installs what it needs: the packed package too. */
export async function project({ runtime, files, packages = [], manifest }: ProjectOptions): Promise<Project> {
  const made = emptyProject({ runtime, files, ...(manifest && { manifest }) })
  await made.install(inject('tarball'), ...packages)
  return made
}

/** Makes a project in which nothing is installed. */
export function emptyProject({ runtime, files, manifest }: Omit<ProjectOptions, 'packages'>): Project {
  const folder = mkdtempSync(path.join(inject('folder'), `${files}-`))
  const { node, env } = installed(inject('folder'), runtime)
  cpSync(path.join(import.meta.dirname, 'projects', files), folder, { recursive: true })
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, ...manifest }))
  return {
    folder,
    run: async (...args) => (await succeeded(node, args, folder, env)).stdout.trim(),
    node: (...args) => ended(node, args, folder, env),
    command: (program, ...args) => ended(program, args, folder, env),
    install: (...packages) => succeeded('npm', ['install', '--prefer-offline', ...packages], folder, env),
    versionOf: (name) =>
      JSON.parse(readFileSync(path.join(folder, 'node_modules', name, 'package.json'), 'utf8')).version,
  }
}
