import type { JsonObject } from '../../domain/json.js'
import { version } from '../../domain/version.js'
import { documentedRoutes, type Operation } from '../dialects/classic/routes.js'
import { documentedSchemas } from '../dialects/classic/schemas.js'
import type { Route } from '../route.js'
import { groupedBy } from './grouped-by.js'
import { documentedHeaders } from './headers.js'
import { operationObject } from './operation-object.js'
import { securitySchemes } from './security.js'

const description = `Create, search, block and inspect users, end their sessions and read what they did.

Every answer is JSON, and never cached. A method that a path does not have answers 405 with \`Allow\`, and \`HEAD\` is \
answered wherever \`GET\` is. A parameter that is empty and a field that is null count as not sent. Where a query has \
parameters, one that is not among them is a 400, except \`project\`, \`locale\` and \`mode\`, which platforms add.`

/**
 * Describes the documented API in OpenAPI 3.1. An example of an answer has the name of the example of the request that
 * it answers, where what the request says is the cause.
 *
 * @param server - where the paths are: a URL, or a path relative to the document's.
 */
export function openApiDocument(server: string): JsonObject {
  return {
    openapi: '3.1.0',
    info: { title: 'Users', version, description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: server }],
    tags: [{ name: 'users', description: 'Users, their preferences, sessions and activity.' }],
    paths: paths(),
    components: { schemas: documentedSchemas, headers: documentedHeaders, securitySchemes },
  }
}

function paths(): JsonObject {
  const routes = Object.entries(documentedRoutes) as [Operation, Route][]
  const byPath = groupedBy(routes, ([, { path }]) => path)
  return Object.fromEntries(
    [...byPath].map(([path, here]) => {
      const methods = here.map(([name, route]) => [route.method.toLowerCase(), operationObject(name, route)] as const)
      return [path, Object.fromEntries(methods)]
    }),
  )
}
