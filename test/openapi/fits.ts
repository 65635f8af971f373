import { createRequire } from 'node:module'
import path from 'node:path'
import { root } from '../repository/files.js'
import { described } from './described.js'

interface Validate {
  (value: unknown): boolean
  readonly errors?: unknown
}

interface Ajv {
  addVocabulary(keywords: string[]): Ajv
  compile(schema: object): Validate
}

// The one that the validator of OpenAPI documents uses.
const validator = path.join(root, 'node_modules/@seriousme/openapi-schema-validator/index.js')
const ajvModule: { default: new (options: object) => Ajv } = createRequire(validator)('ajv/dist/2020.js')
const formats = { 'idn-email': /^[^@\s]+@[^@\s]+$/, int64: true, password: true }
const ajv = new ajvModule.default({ strict: true, allowUnionTypes: true, formats }).addVocabulary(['components'])

const compiled = new Map<object, Validate>()

/** Answers what is wrong with a value by a schema of the document, where no field may be that is not described. */
export function faults(schema: object, value: unknown): unknown {
  const validate = compiled.get(schema) ?? ajv.compile({ ...closed(schema), components: closed(described.components) })
  compiled.set(schema, validate)
  return validate(value) ? [] : validate.errors
}

/** Objects of a closed schema have no other fields than the described ones. */
function closed<Schema extends object>(schema: Schema): Schema {
  const isOpen = 'properties' in schema && !('additionalProperties' in schema)
  const parts = Object.entries(schema).map(([key, part]) => [key, closedPart(part)] as const)
  return { ...Object.fromEntries(parts), ...(isOpen && { additionalProperties: false }) } as Schema
}

function closedPart(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(closedPart)
  return typeof part === 'object' && part !== null ? closed(part) : part
}
