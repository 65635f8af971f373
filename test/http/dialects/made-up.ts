import type { Dialect } from '../../../src/http/dialect.js'
import type { ErrorDocs } from '../../../src/http/openapi/description.js'
import { route } from '../../../src/http/route.js'
import type { User } from '../../../src/index.js'

const person = ({ id, email }: User) => ({ who: id, mail: email })
const anObject = { type: 'object' } as const

/** A dialect that has nothing in common with those that there are. */
export const madeUp: Dialect<'made-up'> = {
  name: 'made-up',
  keyHeader: 'X-Made-Up-Key',
  ignoredParameters: ['shoe'],
  routes: {
    listUsers: route({
      method: 'GET',
      path: '/people',
      scope: 'users.read',
      query: ['like'],
      status: 200,
      input: ({ query }) => ({ search: String(query.get('like') ?? '') }),
      run: (users, query) => users.listUsers(query),
      output: ({ items }) => ({ people: items.map(person) }),
    }),
    createUser: route({
      method: 'POST',
      path: '/people',
      scope: 'users.write',
      body: ['mail'],
      status: 202,
      input: ({ body }) => ({ email: String(body.get('mail')) }),
      run: (users, user, options) => users.createUser(user, options),
      output: person,
    }),
    getUser: route({
      method: 'GET',
      path: '/people/{userId}',
      scope: 'users.read',
      status: 200,
      input: ({ params }) => params,
      run: (users, { userId }) => users.getUser(userId),
      output: person,
    }),
    deleteUser: route({
      method: 'DELETE',
      path: '/people/{userId}',
      scope: 'users.delete',
      status: 200,
      isLimited: true,
      input: ({ params }) => params,
      run: (users, { userId }, options) => users.deleteUser(userId, options),
      output: () => ({ gone: true }),
    }),
  },
  errorBody: (problem, status) => ({
    oops: problem.code,
    ...{ status, ...('missing' in problem && problem.missing && { lacks: problem.missing.scope }) },
  }),
  unexpectedBody: (reference) => ({ oops: 'unexpected', reference }),
  notFoundBody: { oops: 'nowhere' },
  description: {
    pathFields: { userId: { description: 'Who.', schema: { type: 'string' }, isRequired: true } },
    queryFields: { like: { description: 'A part of the name.', schema: { type: 'string' } } },
    bodyFields: { mail: { description: 'An address.', schema: { type: 'string' }, isRequired: true } },
    schemas: { Oops: anObject },
    errorSchema: { $ref: '#/components/schemas/Oops' },
    errorName: (code) => code,
    operations: Object.fromEntries(
      ['listUsers', 'createUser', 'getUser', 'deleteUser'].map((operation) => [
        operation,
        {
          summary: operation,
          result: anObject,
          example: { request: {}, result: {} },
          wrong: { path: 'mail', message: 'must be one' },
        },
      ]),
    ),
    // Of the errors it describes none.
    errors: {} as ErrorDocs,
  },
}
