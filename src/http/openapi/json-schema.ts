import type { JsonObject } from '../../domain/json.js'

/** A schema in the words of JSON Schema 2020-12, which OpenAPI 3.1 uses. */
export type JsonSchema = JsonObject

/** The schema of an object with all the fields of a type, each of which is always there. */
export function objectSchema<T extends object>(
  description: string,
  properties: { readonly [Name in keyof T]-?: JsonSchema },
): JsonSchema {
  return { description, ...fieldsSchema(properties) }
}

/** The schema of an object with all the fields of a base and those that a type adds. */
export function extendedSchema<T extends Base, Base extends object>(
  description: string,
  base: JsonSchema,
  properties: { readonly [Name in Exclude<keyof T, keyof Base>]-?: JsonSchema },
): JsonSchema {
  return { description, allOf: [base, fieldsSchema(properties)] }
}

function fieldsSchema(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: 'object', required: Object.keys(properties), properties }
}
