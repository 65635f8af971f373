import { route } from '../route.js'
import { openApiDocument } from './document.js'

/**
 * The document, where a host asks for it. It is a route like the others: the host's `authorize` is asked, and
 * `users.read` is needed. The document holds no secret, but it tells strangers what is there and which version of it;
 * who may know that is the host's to say, and `authorize` gets `getOpenApi` as the operation, to let everybody in.
 */
export const openApiRoute = route({
  method: 'GET',
  path: '/openapi.json',
  scope: 'users.read',
  status: 200,
  input: () => undefined,
  // Beside `/users`, wherever that is.
  run: async () => openApiDocument('.'),
  output: (document) => document,
})
