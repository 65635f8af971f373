import path from 'node:path'
import { isIdentifier, isNewExpression, isRegularExpressionLiteral, type Node } from 'typescript/unstable/ast'
import { API } from 'typescript/unstable/sync'
import { root } from '../repository/files.js'

/** A regular expression of the source. */
export interface Found {
  /** From the root of the repository. */
  readonly file: string
  readonly pattern: RegExp
}

/** Finds every regular expression literal below `src` and `adapters`, and every one that is made of a text. */
export function regularExpressions(): { readonly literals: readonly Found[]; readonly made: readonly string[] } {
  const literals: Found[] = []
  const made: string[] = []
  const api = new API({ cwd: root })
  try {
    const config = path.join(root, 'tsconfig.json')
    const program = api.updateSnapshot({ openProject: config }).getProject(config)?.program
    for (const name of program?.getSourceFileNames() ?? []) {
      const file = path.relative(root, name).replaceAll(path.sep, '/')
      if (!/^(?:src|adapters)\//.test(file)) continue
      const look = (node: Node): void => {
        if (isRegularExpressionLiteral(node)) literals.push({ file, pattern: toRegExp(node.text) })
        if (isNewExpression(node) && isIdentifier(node.expression) && node.expression.text === 'RegExp') made.push(file)
        node.forEachChild(look)
      }
      const source = program?.getSourceFile(name)
      if (source) look(source)
    }
  } finally {
    api.close()
  }
  return { literals, made }
}

function toRegExp(literal: string): RegExp {
  const end = literal.lastIndexOf('/')
  return new RegExp(literal.slice(1, end), literal.slice(end + 1))
}
