import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { cleanEnvironment, succeeded } from './command.js'

export const runtimes = [20, 22, 24, 26] as const
export type Runtime = (typeof runtimes)[number]

/** A Node, and the environment in which everything that is started runs on it. */
export interface Installed {
  readonly node: string
  readonly env: NodeJS.ProcessEnv
}

/** Where the npm package `node` puts the program and its headers. */
function home(folder: string, runtime: Runtime): string {
  return path.join(folder, `node-${runtime}`, `node_modules/node/node_modules/node-${process.platform}-${process.arch}`)
}

export function installed(folder: string, runtime: Runtime): Installed {
  const root = home(folder, runtime)
  const env = {
    ...cleanEnvironment(),
    PATH: `${path.join(root, 'bin')}${path.delimiter}${process.env['PATH']}`,
    // What is compiled for this Node needs the headers of this Node.
    npm_config_nodedir: root,
    npm_config_fund: 'false',
    npm_config_audit: 'false',
    npm_config_update_notifier: 'false',
  }
  return { node: path.join(root, 'bin/node'), env }
}

/** @throws when one cannot be had here: a matrix without a part of it would prove less than it says. */
export async function installRuntimes(folder: string): Promise<void> {
  for (const runtime of runtimes) {
    const place = path.join(folder, `node-${runtime}`)
    mkdirSync(place)
    // Its install script chooses the package of this platform.
    writeFileSync(path.join(place, 'package.json'), JSON.stringify({ private: true, allowScripts: { node: true } }))
    await succeeded('npm', ['install', '--no-audit', '--no-fund', `node@${runtime}`], place, cleanEnvironment())
    const { node, env } = installed(folder, runtime)
    if (!existsSync(node))
      throw new Error(`the npm package node@${runtime} has no program for ${path.basename(home(folder, runtime))}`)
    const { stdout } = await succeeded(node, ['--version'], place, env)
    if (!stdout.startsWith(`v${runtime}.`))
      throw new Error(`the npm package node@${runtime} is a Node ${stdout.trim()}`)
  }
}
