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
 * Compiles every block of TypeScript in the documentation as a program of its own, in a folder of the repository,
 * where the name of the package means this one.
 *
 * @throws with what the compiler says.
 */
export async function compileBlocks(name: string): Promise<readonly CodeBlock[]> {
  const folder = path.join(root, '.docs-code', name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
  const blocks = pages.flatMap((page) =>
    [...textOf(page).matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ''], index) => {
      const file = `${page.replaceAll(/[/.]/g, '-')}-${index + 1}`
      writeFileSync(path.join(folder, `${file}.ts`), `${code}export {}\n`)
      return { page, number: index + 1, code, compiled: path.join(folder, 'out', `${file}.js`) }
    }),
  )
  const tsc = path.join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc')
  await promisify(execFile)(process.execPath, [tsc, '-p', folder]).catch(({ stdout }) => {
    throw new Error(`code of the documentation does not compile:\n${stdout}`)
  })
  return blocks
}
