import type { Dialect } from '../../dialect.js'
import { errorOutput, errorType, unexpectedErrorOutput } from './errors.js'
import { bodyFields, pathFields, queryFields } from './fields.js'
import { errorDocs } from './openapi/error-docs.js'
import { operationDocs } from './openapi/operation-docs.js'
import { classicRoutes } from './routes.js'
import { classicSchemas, schemaNamed } from './schemas.js'

/** Appwrite's Users API as its versions 0.3 to 0.6 had it: ten operations. */
export const classic: Dialect<'classic'> = {
  name: 'classic',
  routes: classicRoutes,
  keyHeader: 'X-Appwrite-Key',
  ignoredParameters: ['project', 'locale', 'mode'],
  errorBody: errorOutput,
  unexpectedBody: unexpectedErrorOutput,
  notFoundBody: { message: 'Not Found', code: 404 },
  description: {
    ...{ pathFields, queryFields, bodyFields },
    schemas: classicSchemas,
    errorSchema: schemaNamed('Error'),
    errorName: errorType,
    operations: operationDocs,
    errors: errorDocs,
  },
}
