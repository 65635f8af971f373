import type { JsonObject } from '../../domain/json.js'
import { version } from '../../domain/version.js'
import type { Dialect } from '../dialect.js'
import { type Operation, type Route, route } from '../route.js'
import { responseHeaders } from './headers.js'
import { operationObject } from './operation-object.js'

/**
 * Describes the routes of a dialect in OpenAPI 3.1. Where the request is what brings about an answer, the examples of the
 * two have one name.
 *
 * @param server - where the paths are: a URL, or a path relative to the document's.
 */
export function openApiDocument(dialect: Dialect, server: string): JsonObject {
  const description = aboutAll(dialect)
  return {
    openapi: '3.1.0',
    info: { title: 'Users', version, description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: server }],
    tags: [{ name: 'users', description: 'Users, their preferences, sessions and activity.' }],
    paths: pathsOf(dialect),
    components: {
      schemas: dialect.description.schemas,
      headers: responseHeaders(dialect.name),
      securitySchemes: securitySchemes(dialect),
    },
  }
}

function aboutAll({ ignoredParameters }: Dialect): string {
  const ignored = ignoredParameters.map((name) => `\`${name}\``).join(', ')
  return `Create, search, block and inspect users, end their sessions and read what they did.

Every answer is JSON, and never cached. A method that a path does not have answers 405 with \`Allow\`, and \`HEAD\` is \
answered wherever \`GET\` is. A parameter that is empty and a field that is null count as not sent. Where a query has \
parameters, one that is not among them is a 400${ignored && `, except those that platforms add: ${ignored}`}.`
}

function pathsOf(dialect: Dialect): JsonObject {
  const paths: Record<string, JsonObject> = {}
  // `Object.entries` forgets the names of the keys.
  for (const [operation, here] of Object.entries(dialect.routes) as [Operation, Route][]) {
    paths[here.path] = { ...paths[here.path], [here.method.toLowerCase()]: operationObject(dialect, operation, here) }
  }
  return paths
}

/** The two ways to send a key. An app with an `authorize` of its own may let in others. */
function securitySchemes({ keyHeader }: Dialect): JsonObject {
  return {
    key: { type: 'apiKey', in: 'header', name: keyHeader, description: 'A key that the app has given out.' },
    bearer: { type: 'http', scheme: 'bearer', description: 'The same key, as a bearer token.' },
  }
}

/**
 * The route of the document, for hosts that turn it on. Like the others it asks the host's `authorize`, and needs
 * `users.read`: there is no secret in the document, but it shows strangers which service and version is running. To let
 * everybody in, `authorize` can recognise it by the operation `getOpenApi`.
 */
export function openApiRoute(dialect: Dialect): Route {
  return route({
    method: 'GET',
    path: '/openapi.json',
    scope: 'users.read',
    status: 200,
    input: () => undefined,
    // Relative to the document, whatever the prefix is.
    run: async () => openApiDocument(dialect, '.'),
    output: (document) => document,
  })
}
