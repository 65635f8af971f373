import type { JsonObject } from '../../domain/json.js'
import type { Scope } from '../scope.js'

/** The two ways to send a key. An app with an `authorize` of its own may let in others. */
export const securitySchemes: JsonObject = {
  key: { type: 'apiKey', in: 'header', name: 'X-Appwrite-Key', description: 'A key that the app has given out.' },
  bearer: { type: 'http', scheme: 'bearer', description: 'The same key, as a bearer token.' },
}

/** Either of them, with this scope. */
export function requiring(scope: Scope): JsonObject[] {
  return Object.keys(securitySchemes).map((scheme) => ({ [scheme]: [scope] }))
}
