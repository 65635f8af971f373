import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { filesBelow, root, textOf } from '../repository/files.js'

/** A piece of code in the documentation. */
export interface CodeBlock {
  readonly page: string
  readonly number: number
  readonly code: string
  /** Where it was written to, to be compiled and run as code of the package's users. */
  readonly file: string
}

const pages = ['README.md', 'SECURITY.md', ...filesBelow(['docs'], '.md')]

/** Writes every block of TypeScript in the documentation into a file of its own, next to the built package. */
export function writtenBlocks(): readonly CodeBlock[] {
  const folder = path.join(root, 'dist/docs-code')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const blocks = pages.flatMap((page) =>
    [...textOf(page).matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ''], index) => {
      const name = `${page.replaceAll(/[/.]/g, '-')}-${index + 1}`
      return { page, number: index + 1, code, file: path.join(folder, `${name}.ts`) }
    }),
  )
  for (const { file, code } of blocks) writeFileSync(file, `${code}export {}\n`)
  return blocks
}

/** A compiler configuration as strict users of the package have it: the declarations are checked too. */
export const usersConfig = {
  compilerOptions: {
    target: 'es2022',
    module: 'nodenext',
    strict: true,
    skipLibCheck: false,
    types: ['node'],
    outDir: 'out',
  },
  include: ['*.ts'],
}
