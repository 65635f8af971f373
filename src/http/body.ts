import { isPlainObject } from '../domain/json.js'
import type { HttpBody, HttpCall } from './call.js'
import { HttpError } from './errors.js'
import { type Fields, noFields } from './fields.js'

/** The most bytes that a body may have. */
export const maxBodyBytes = 128 * 1024
const jsonType = /^application\/(?:[\w.+-]+\+)?json$/i
// One parameter of a content type, or none: a semicolon may stand at the end (RFC 9110).
const parameter = /;[ \t]*(?:([\w!#$%&'*+.^`|~-]+)=(?:([\w!#$%&'*+.^`|~-]+)|"((?:[^"\\]|\\.)*)"))?[ \t]*/y

/**
 * Reads the fields of a JSON body. No body, `{}`, `[]`, `null` and `""` all mean no fields, since some client sends each
 * of them for that. A field that is `null` counts as not sent.
 *
 * @throws {HttpError} when the body is not a JSON object, too large, or of another content type. Insisting on JSON also
 * keeps out the requests that a browser sends across sites without a preflight.
 */
export async function bodyFields(call: HttpCall): Promise<Fields> {
  const body = await call.body(maxBodyBytes)
  if ('bytes' in body && body.bytes.length === 0) return noFields
  if ('parsed' in body && body.parsed === undefined) return noFields
  if (!isJson(call.headers, body)) {
    // A host's parser leaves `{}` where it read nothing, whatever the type.
    if ('parsed' in body && isEmpty(body.parsed)) return noFields
    throw unsupportedMediaType()
  }
  const value = 'bytes' in body ? fromJson(body.bytes) : body.parsed
  if (isEmpty(value)) return noFields
  if (!isPlainObject(value)) throw new HttpError('malformed-body', 'The body must be a JSON object')
  return new Map(Object.entries(value).filter(([, field]) => field !== null))
}

/** Whether a body is JSON in UTF-8. If the host has already decoded it, any charset of Unicode will do. */
function isJson(headers: HttpCall['headers'], body: HttpBody): boolean {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = headers
  const end = type.indexOf(';')
  if (!jsonType.test((end < 0 ? type : type.slice(0, end)).trim())) return false
  const charsets = end < 0 ? [] : charsetsOf(type, end)
  if ('parsed' in body || body.isDecoded) return charsets?.every((name) => name.startsWith('utf-')) ?? true
  return encoding.toLowerCase() === 'identity' && charsets !== undefined && charsets.every((name) => name === 'utf-8')
}

/** The charsets named in the parameters of a content type, or `undefined` when these are malformed. */
function charsetsOf(type: string, start: number): string[] | undefined {
  const charsets: string[] = []
  parameter.lastIndex = start
  while (parameter.lastIndex < type.length) {
    const [found, name = '', token, quoted = ''] = parameter.exec(type) ?? []
    if (found === undefined) return undefined
    if (name.toLowerCase() === 'charset') charsets.push((token ?? quoted).toLowerCase())
  }
  return charsets
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}

function fromJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    throw invalidJson()
  }
}

/** The refusal of a body that is not JSON by its headers. */
export function unsupportedMediaType(): HttpError {
  return new HttpError('unsupported-media-type', 'The body must be application/json in UTF-8, not compressed')
}

/** The refusal of a body that cannot be parsed. */
export function invalidJson(): HttpError {
  return new HttpError('malformed-body', 'The body must be valid JSON in UTF-8')
}

/** The refusal of a body that is too long. */
export function bodyTooLarge(maxBytes: number, headers: Readonly<Record<string, string>> = {}): HttpError {
  return new HttpError('body-too-large', `The body must have at most ${maxBytes} bytes`, headers)
}
