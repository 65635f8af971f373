import { invalid } from '../domain/input.js'
import { cleanLine } from '../domain/text.js'
import type { InvalidInputError } from '../errors/index.js'
import { type Fields, noFields } from './route.js'

/**
 * Reads the named parameters out of a raw query string. Frameworks disagree on repeated and bracketed ones, so theirs
 * is not used. An empty value means "not sent", as old clients send it. A name that is not known is refused: whoever
 * filters by it would get everybody, and not notice; except those in `ignored`, which say nothing.
 *
 * @throws {InvalidInputError} when a parameter is unknown, repeated, bracketed or badly encoded.
 */
export function queryFields(query: string, names: readonly string[], ignored: readonly string[] = []): Fields {
  if (query === '' || names.length === 0) return noFields
  const fields = new Map<string, string>()
  const seen = new Set<string>()
  for (const part of query.split('&')) {
    if (part === '') continue
    const [key = '', ...rest] = part.split('=')
    const sent = decoded(key)
    const name = names.find((known) => sent === known || sent?.startsWith(`${known}[`))
    if (name === undefined) {
      if (sent !== undefined && ignored.includes(sent)) continue
      throw unknown(sent ?? key, names)
    }
    const value = decoded(rest.join('='))
    if (value === undefined) throw invalid(name, 'must be percent-encoded UTF-8')
    if (seen.has(name) || sent !== name) throw invalid(name, 'must be given once, as one value')
    seen.add(name)
    if (value !== '') fields.set(name, value)
  }
  return fields
}

function unknown(sent: string, names: readonly string[]): InvalidInputError {
  const known = names.join(', ')
  if (sent === '') return invalid('query', `must not have a parameter without a name: ${known} are known`)
  return invalid(cleanLine(sent, 64), `is given for an unknown parameter: ${known} are known`)
}

function decoded(text: string): string | undefined {
  return decodedSegment(text.replaceAll('+', ' '))
}

/** Decodes a part of a path, where a plus is a plus, or answers `undefined` when it is malformed. */
export function decodedSegment(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
