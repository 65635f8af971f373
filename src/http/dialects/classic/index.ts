import type { Dialect } from '../../dialect.js'
import { errorOutput, errorType, unexpectedErrorOutput } from './errors.js'
import { errorDocs } from './openapi/error-docs.js'
import { bodyFieldDocs, pathFieldDocs, queryFieldDocs } from './openapi/field-docs.js'
import { operationDocs } from './openapi/operation-docs.js'
import { classicSchemas, schemaNamed } from './openapi/schemas.js'
import { classicRoutes } from './routes.js'

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
    pathFields: pathFieldDocs,
    queryFields: queryFieldDocs,
    bodyFields: bodyFieldDocs,
    schemas: classicSchemas,
    errorSchema: schemaNamed('Error'),
    errorName: errorType,
    operations: operationDocs,
    errors: errorDocs,
  },
}
