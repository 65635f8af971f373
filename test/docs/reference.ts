import { textOf } from '../repository/files.js'
import { type Declaration, exportsOf, membersOf, moduleComment } from './declarations.js'

/** One way to import the package, with what it exports. */
export interface EntryPoint {
  readonly specifier: string
  readonly about: string
  readonly exports: readonly Declaration[]
}

/** All ways to import the package. */
export function entryPoints(): readonly EntryPoint[] {
  const { exports } = JSON.parse(textOf('package.json')) as { exports: Record<string, string> }
  return Object.entries(exports)
    .filter(([, file]) => file.endsWith('.js'))
    .map(([subpath, file]) => {
      const declarations = file.replace(/\.js$/, '.d.ts')
      return {
        specifier: `rollbook${subpath.slice(1)}`,
        about: moduleComment(declarations.replace('/dist/', '/').replace(/\.d\.ts$/, '.ts')),
        exports: exportsOf(declarations),
      }
    })
}

/** The members of an interface that are worth a heading of their own: where most of them are methods, all. */
export function headedMembers(declaration: Declaration): readonly Declaration[] {
  if (!declaration.code.startsWith('export interface')) return []
  const members = membersOf(declaration)
  return members.filter(isMethod).length >= 5 ? members : []
}

export function isMethod({ code }: Declaration): boolean {
  return /^\[?[\w.]+\]?\??(?:<.*>)?\(/.test(code)
}

/** The page of reference, from the doc comments of everything that is exported. */
export function referencePage(): string {
  const told = new Map<string, string>()
  const entries = entryPoints()
  const contents = entries.map(({ specifier, about }) => `- [\`${specifier}\`](#${anchor(specifier)}): ${about}`)
  const parts = entries.map(({ specifier, about, exports }) => {
    const isNew = ({ name, code }: Declaration) => !told.has(name + code)
    const fresh = exports.filter(isNew)
    const again = exports.filter((one) => !isNew(one))
    const also = again.map((one) => `\`${one.name}\``).join(', ')
    const [where] = new Set(again.map((one) => told.get(one.name + one.code)))
    for (const { name, code } of fresh) told.set(name + code, specifier)
    return [
      `## \`${specifier}\``,
      about,
      ...(also ? [`The same as in \`${where}\`: ${also}.`] : []),
      ...inReadingOrder(fresh).map(section),
    ].join('\n\n')
  })
  return `${[heading, contents.join('\n'), ...parts].join('\n\n')}\n`
}

const heading = `# Reference

Everything that the package exports, as its doc comments tell it; your editor shows the same. The page is made from the
declarations by a test, so it cannot be behind them. What each error means is in [errors](errors.md), and every figure in
[limits](limits.md).`

/** What is called comes first, then what it is called with, and the errors at the end. */
function inReadingOrder(declarations: readonly Declaration[]): readonly Declaration[] {
  const ranks = [/^export (?:declare )?(?:function|const)/, /^export interface/, /^export type/, /class/]
  const rank = (declaration: Declaration) =>
    headedMembers(declaration).length > 0 ? 0.5 : ranks.findIndex((kind) => kind.test(declaration.code))
  return declarations.toSorted((one, other) => rank(one) - rank(other))
}

function section(declaration: Declaration, index: number, all: readonly Declaration[]): string {
  const { name, comment, code } = declaration
  const isOverload = all[index - 1]?.name === name
  const head = isOverload ? prose(comment) : `### \`${name}\`\n\n${prose(comment)}`
  const members = headedMembers(declaration)
  if (members.length === 0) return `${head}\n\n${fenced(code)}`
  const parts = members.map((member) => `#### \`${member.name}\`\n\n${prose(member.comment)}\n\n${fenced(member.code)}`)
  return [head, ...parts].join('\n\n')
}

function prose(comment: string): string {
  const [text = '', ...throws] = comment.split(/^@throws /m)
  const told = text
    .replaceAll(/\{@link (\w+)[^}]*\}/g, '`$1`')
    .replaceAll('```ts', '```typescript')
    .trim()
  const errors = throws.map(
    (error) =>
      `- throws ${error
        .trim()
        .replaceAll(/\{(\w+)\}/g, '`$1`')
        .replaceAll('\n', ' ')}`,
  )
  return [told, errors.join('\n')].filter(Boolean).join('\n\n')
}

function fenced(code: string): string {
  return `\`\`\`typescript\n${code.replace(/^export (?:declare )?/, '').replaceAll(/^ {4,}/gm, (indent) => ' '.repeat(indent.length / 2))}\n\`\`\``
}

function anchor(specifier: string): string {
  return specifier.replaceAll(/[^\w-]/g, '')
}
