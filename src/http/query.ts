import { invalid } from '../domain/input.js'
import { cleanLine } from '../domain/text.js'
import type { InvalidInputError } from '../errors/index.js'
import { type Fields, noFields } from './fields.js'

/**
 * Reads the named parameters of a raw query string. Frameworks disagree about repeated and bracketed ones, so their
 * parsers are not used. An empty value counts as not sent, which is what old clients mean by it. Unknown names are
 * refused, except those in `ignored`: a client that filters by one would get everybody and not notice.
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
  if (sent === '') return invalid('query', `must not have a parameter without a name (known: ${known})`)
  return invalid(cleanLine(sent, 64), `is an unknown parameter (known: ${known})`)
}

function decoded(text: string): string | undefined {
  return decodedSegment(text.replaceAll('+', ' '))
}

/** Decodes a segment of a path, in which a plus is a plus. Returns `undefined` when it is malformed. */
export function decodedSegment(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
