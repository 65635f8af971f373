import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'
import { filesBelow, root, textOf } from '../repository/files.js'

/** A piece of code in the documentation. */
export interface CodeBlock {
  readonly page: string
  readonly number: number
  readonly code: string
  /** The file that it was compiled to. */
  readonly compiled: string
}

const pages = ['README.md', 'SECURITY.md', ...filesBelow(['docs'], '.md')]

// As strict users of the package have it: the declarations are checked too.
const compilerOptions = {
  target: 'es2022',
  module: 'nodenext',
  strict: true,
  skipLibCheck: false,
  types: ['node'],
  outDir: 'out',
}

/**
 * Compiles the blocks of TypeScript of all pages of the documentation, each as a program of its own, and the programs
 * of `also`, in a folder of the repository, where the name of the package means this one.
 *
 * @throws with what the compiler says.
 */
export async function compileBlocks(name: string, also: ReadonlyMap<string, string>): Promise<readonly CodeBlock[]> {
  const blocks = pages.flatMap((page) => blocksOf(name, page))
  await compile(name, new Map([...programs(blocks), ...also]), compilerOptions)
  return blocks
}

/** Compiles the blocks of one page alone, which `compileBlocks` checks: quickly, and without a look at the types. */
export async function compiledBlocks(name: string, page: string): Promise<readonly CodeBlock[]> {
  const blocks = blocksOf(name, page)
  await compile(name, programs(blocks), { ...compilerOptions, noCheck: true })
  return blocks
}

function blocksOf(name: string, page: string): CodeBlock[] {
  return [...textOf(page).matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ''], index) => {
    const file = `${page.replaceAll(/[/.]/g, '-')}-${index + 1}.js`
    return { page, number: index + 1, code, compiled: path.join(folderOf(name), 'out', file) }
  })
}

function programs(blocks: readonly CodeBlock[]): Map<string, string> {
  return new Map(blocks.map(({ code, compiled }) => [path.basename(compiled).replace(/js$/, 'ts'), code]))
}

async function compile(name: string, programs: ReadonlyMap<string, string>, compilerOptions: object): Promise<void> {
  const folder = folderOf(name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
  for (const [file, code] of programs) writeFileSync(path.join(folder, file), `${code}export {}\n`)
  const tsc = path.join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc')
  await promisify(execFile)(process.execPath, [tsc, '-p', folder]).catch(({ stdout }) => {
    throw new Error(`code of the documentation does not compile:\n${stdout}`)
  })
}

function folderOf(name: string): string {
  return path.join(root, '.docs-code', name)
}
