import { invalid } from '../domain/input.js'
import { type Fields, noFields } from '../wire/fields.js'

/**
 * Reads the named parameters out of a raw query string. Frameworks disagree on repeated and bracketed ones, so theirs
 * is not used. An empty value means "not sent", as old clients send it.
 *
 * @throws {InvalidInputError} when a parameter is repeated, bracketed or badly encoded.
 */
export function queryFields(query: string, names: readonly string[]): Fields {
  if (query === '' || names.length === 0) return noFields
  const fields = new Map<string, string>()
  const seen = new Set<string>()
  for (const part of query.split('&')) {
    const [key = '', ...rest] = part.split('=')
    const name = names.find((known) => decoded(key) === known || decoded(key)?.startsWith(`${known}[`))
    if (name === undefined) continue
    const value = decoded(rest.join('='))
    if (value === undefined) throw invalid(name, 'must be percent-encoded UTF-8')
    if (seen.has(name) || decoded(key) !== name) throw invalid(name, 'must be given once, as one value')
    seen.add(name)
    if (value !== '') fields.set(name, value)
  }
  return fields
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
