import { createRequire } from 'node:module'
import path from 'node:path'
import { root } from '../../repository/files.js'
import { described } from './described.js'

interface Validate {
  (value: unknown): boolean
  readonly errors?: unknown
}

interface Ajv {
  addVocabulary(keywords: string[]): Ajv
  compile(schema: unknown): Validate
}

// The one that the validator of OpenAPI documents uses.
const validator = path.join(root, 'node_modules/@seriousme/openapi-schema-validator/index.js')
const ajvModule: { default: new (options: object) => Ajv } = createRequire(validator)('ajv/dist/2020.js')
const formats = { 'idn-email': /^[^@\s]+@[^@\s]+$/, int64: true, password: true }
const ajv = new ajvModule.default({ strict: true, allowUnionTypes: true, formats }).addVocabulary(['components'])

const compiled = new Map<object, Validate>()

/** Answers what is wrong with a value by a schema of the document, where no field may be that is not described. */
export function faults(schema: object, value: unknown): unknown {
  const validate = compiled.get(schema) ?? ajv.compile(closed({ ...schema, components: described.components }))
  compiled.set(schema, validate)
  return validate(value) ? [] : validate.errors
}

/** Objects of a closed schema have no other fields than the described ones. */
function closed(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(closed)
  if (typeof part !== 'object' || part === null) return part
  const whole = 'allOf' in part && Array.isArray(part.allOf) ? joined(part.allOf) : part
  const isOpen = 'properties' in whole && !('additionalProperties' in whole)
  const parts = Object.entries(whole).map(([key, inner]) => [key, closed(inner)] as const)
  return { ...Object.fromEntries(parts), ...(isOpen && { additionalProperties: false }) }
}

interface ObjectSchema {
  readonly $ref?: string
  readonly allOf?: readonly ObjectSchema[]
  readonly required?: readonly string[]
  readonly properties?: object
}

/** The fields of several objects as those of one, since one that is closed for itself refuses those of the others. */
function joined(schemas: readonly ObjectSchema[]): object {
  const parts = schemas.flatMap(allParts)
  return {
    type: 'object',
    required: parts.flatMap(({ required = [] }) => required),
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
  }
}

function allParts(schema: ObjectSchema): readonly ObjectSchema[] {
  const { $ref, allOf } = schema
  if (allOf) return allOf.flatMap(allParts)
  if ($ref === undefined) return [schema]
  return allParts(described.components.schemas[$ref.replace('#/components/schemas/', '')] ?? {})
}
