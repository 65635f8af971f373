import type { JsonObject, JsonValue } from '../../domain/json.js'
import type { Route } from '../route.js'
import type { ApiDescription, ExampleRequest, FieldDoc, FieldDocs } from './description.js'

/** The requests of an operation's examples. Each has the name of the answer that belongs to it. */
export type NamedRequests = ReadonlyMap<string, ExampleRequest>

/** Whether to describe a body. One that is read only for some paths is for very old clients, and left out. */
export function hasBody({ body, readsBody }: Route): boolean {
  return body !== undefined && readsBody === undefined
}

/** @throws when a parameter of a route has no description. */
export function parameters(
  { pathFields, queryFields }: ApiDescription,
  route: Route,
  requests: NamedRequests,
): JsonObject[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    ...described(pathFields, name),
    ...examples(requests, ({ path }) => path?.[name]),
  }))
  const inQuery = (route.query ?? []).map((name) => ({
    name,
    in: 'query',
    ...described(queryFields, name),
    ...examples(requests, ({ query }) => query?.[name]),
  }))
  return [...inPath, ...inQuery]
}

/** @throws when a field of a route has no description. */
export function requestBody({ bodyFields }: ApiDescription, route: Route, requests: NamedRequests): JsonObject {
  const fields = (route.body ?? []).map((name) => [name, known(bodyFields, name)] as const)
  const schema = {
    type: 'object',
    required: fields.filter(([, { isRequired }]) => isRequired).map(([name]) => name),
    properties: Object.fromEntries(
      fields.map(([name, field]) => [name, { description: field.description, ...field.schema }]),
    ),
  }
  const content = { 'application/json': { schema, ...examples(requests, ({ body }) => body) } }
  return { required: true, content }
}

/** Examples from those requests that have a value for this part. */
function examples(requests: NamedRequests, said: (request: ExampleRequest) => JsonValue | undefined): JsonObject {
  const values = [...requests].flatMap(([name, request]) => {
    const value = said(request)
    return value === undefined ? [] : [[name, { value }] as const]
  })
  return values.length === 0 ? {} : { examples: Object.fromEntries(values) }
}

function described(fields: FieldDocs, name: string): JsonObject {
  const { description, schema, isRequired = false } = known(fields, name)
  return { description, required: isRequired, schema }
}

function known(fields: FieldDocs, name: string): FieldDoc {
  const field = fields[name]
  if (field === undefined) throw new Error(`${name} of a route is not described`)
  return field
}
