import type { JsonObject } from '../domain/json.js'

/** A schema in the words of JSON Schema 2020-12, which OpenAPI 3.1 uses. */
export type JsonSchema = JsonObject

/** The schema of an object with all the fields of a type, each of which is always there. */
export function objectSchema<T extends object>(
  description: string,
  properties: { readonly [Name in keyof T]-?: JsonSchema },
): JsonSchema {
  return { type: 'object', description, required: Object.keys(properties), properties }
}
