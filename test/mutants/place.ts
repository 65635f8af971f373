import { Lang, parse, type SgNode } from '@ast-grep/napi'
import type { SourceMutant } from './mutant.js'

/**
 * Returns a source with the fault in it.
 *
 * @throws when the place is not there exactly once.
 */
export function mutated(source: string, { file, within, code, text, becomes }: SourceMutant): string {
  const root = parse(Lang.TypeScript, source).root()
  const rooms = within === undefined ? [root] : declarationsOf(root, within)
  if (code !== undefined) {
    const place = only(
      rooms.flatMap((room) => room.findAll(code)),
      `${file}${within === undefined ? '' : `, ${within}`} must hold this code once: ${code}`,
    )
    const matched = (name: string) =>
      place.getMatch(name)?.text() ??
      place
        .getMultipleMatches(name)
        .map((node) => node.text())
        .join('')
    const filled = becomes.replaceAll(/\$([A-Z]+)/g, (_, name: string) => matched(name))
    return root.commitEdits([place.replace(filled)])
  }
  const { start, end } = only(rooms, `${file} must have one ${within}`).range()
  const room = source.slice(start.index, end.index)
  if (text === undefined || room.split(text).length !== 2) throw new Error(`${file} must hold this text once: ${text}`)
  return source.slice(0, start.index) + room.replace(text, () => becomes) + source.slice(end.index)
}

function declarationsOf(root: SgNode, name: string): SgNode[] {
  const named = (kind: string, field: string) => ({ kind, has: { field, regex: `^${name}$` } })
  return root.findAll({
    rule: {
      any: [
        named('function_declaration', 'name'),
        named('generator_function_declaration', 'name'),
        named('method_definition', 'name'),
        named('variable_declarator', 'name'),
        named('pair', 'key'),
      ],
    },
  })
}

function only<T>(found: readonly T[], otherwise: string): T {
  const [one, ...more] = found
  if (one === undefined || more.length > 0) throw new Error(`${otherwise} (it does ${found.length} times)`)
  return one
}
