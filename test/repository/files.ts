import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** The root of the repository. */
export const root = path.resolve(import.meta.dirname, '../..')

/** All files below folders of the repository whose names end so, as paths from its root, in order. */
export function filesBelow(folders: readonly string[], ending: string): string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
    )
    .filter((file) => file.endsWith(ending) && !file.includes('node_modules'))
    .sort()
}

/** The text of a file of the repository. */
export function textOf(file: string): string {
  return readFileSync(path.join(root, file), 'utf8')
}

/** The rooms of the web frameworks' adapters: those that speak HTTP. Every other adapter belongs to the core. */
export const mounts: readonly string[] = [
  ...new Set(
    filesBelow(['adapters'], '.ts')
      .filter((file) => textOf(file).includes('/src/http/'))
      .flatMap((file) => /^adapters\/[^/]+\//.exec(file)?.[0] ?? []),
  ),
]
