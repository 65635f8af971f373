import path from 'node:path'
import { textOf } from '../repository/files.js'

/** Something that a module exports, as its declaration file has it. */
export interface Declaration {
  readonly name: string
  /** The text of its doc comment, without the stars; `''` when it has none. */
  readonly comment: string
  /** The declaration itself, with the comments of its members. */
  readonly code: string
}

const declares = /^(?:export )?(?:declare )?(?:abstract )?(?:interface|type|class|function\*?|const) (\w+)/

/** All exports of a module, also those that it takes from others, in the order in which it names them. */
export function exportsOf(file: string): readonly Declaration[] {
  const statements = statementsOf(file)
  const declared = (name: string) => statements.find(({ code }) => declares.exec(code)?.[1] === name)
  const imported = statements.flatMap(({ code }) => {
    const [, names, from] = /^import (?:type )?\{(.*)\} from '(\..*)'/s.exec(code) ?? []
    return from === undefined ? [] : [{ names: namesIn(names), from }]
  })

  function named(name: string): Declaration[] {
    const found = declared(name)
    if (found) return [{ ...found, name }]
    const source = imported.find(({ names }) => names.includes(name))
    return source ? pick(exportsOf(neighbour(file, source.from)), [name]) : []
  }

  return statements.flatMap(({ code, comment }) => {
    const [, all, names, from] = /^export (?:type )?(?:(\*)|\{(.*)\})(?: from '(\..*)')?/s.exec(code) ?? []
    if (all !== undefined && from !== undefined) return exportsOf(neighbour(file, from))
    if (names !== undefined && from !== undefined) return pick(exportsOf(neighbour(file, from)), namesIn(names))
    if (names !== undefined) return namesIn(names).flatMap(named)
    const name = code.startsWith('export ') ? declares.exec(code)?.[1] : undefined
    return name === undefined ? [] : [{ name, comment, code }]
  })
}

/** What a module says of itself at its top. */
export function moduleComment(file: string): string {
  return /^\/\*\* @module (.*?) \*\//.exec(textOf(file))?.[1] ?? ''
}

/** The members of an interface, each with its comment. */
export function membersOf({ code }: Declaration): readonly Declaration[] {
  const body = code
    .split('\n')
    .slice(1, -1)
    .map((line) => line.replace(/^ {4}/, ''))
  return statements(body).map(({ comment, code }) => ({
    name: /^(?:readonly )?(\[?[\w.]+\]?)/.exec(code)?.[1] ?? '',
    comment,
    code,
  }))
}

function statementsOf(file: string) {
  return statements(textOf(file).split('\n'))
}

/** Cuts code, as the compiler lays it out, at the lines that are not indented. */
function statements(lines: readonly string[]) {
  const found: { comment: string; code: string }[] = []
  let comment: string[] = []
  let isComment = false
  for (const line of lines) {
    if (line.startsWith('/**')) {
      comment = []
      isComment = true
    }
    if (isComment) {
      comment.push(line)
      isComment = !line.endsWith('*/')
    } else if (/^[\w[]/.test(line)) {
      found.push({ comment: comment.map(unstarred).join('\n').trim(), code: line })
      comment = []
    } else if (!line.startsWith('//')) {
      const last = found.at(-1)
      if (last) last.code += `\n${line}`
    }
  }
  return found
}

function unstarred(line: string): string {
  return line.replace(/^\/\*\*? ?|^ \* ?/, '').replace(/ ?\*\/$/, '')
}

function pick(from: readonly Declaration[], names: readonly string[]): Declaration[] {
  return names.flatMap((name) => from.filter((declaration) => declaration.name === name))
}

function namesIn(list = ''): string[] {
  return list
    .split(',')
    .map((name) => name.replace(/^\s*(?:type )?|\s+$/g, ''))
    .filter(Boolean)
}

function neighbour(file: string, from: string): string {
  return path.posix.join(path.posix.dirname(file), from.replace(/\.js$/, '.d.ts'))
}
