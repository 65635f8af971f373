import { idPattern } from '../../../../domain/ids.js'
import { limits } from '../../../../domain/limits.js'
import type { FieldDoc } from '../../../openapi/description.js'
import type { JsonSchema } from '../../../openapi/json-schema.js'
import type { BodyName, ParamName, QueryName } from '../../../route.js'
import { classicStatuses } from '../output.js'
import type { classicRoutes } from '../routes.js'

// A name in a route that is not described here does not compile.
type ClassicRoute = (typeof classicRoutes)[keyof typeof classicRoutes]

const id: JsonSchema = { type: 'string', pattern: idPattern.source, maxLength: limits.idLength }

/** The parameters of paths, by name. */
export const pathFieldDocs: Readonly<Record<ParamName<ClassicRoute>, FieldDoc>> = {
  userId: { description: 'The id of the user.', schema: id, isRequired: true },
  sessionId: { description: 'The id of a session of this user.', schema: id, isRequired: true },
}

/** The parameters of queries, by name. An empty one counts as not sent. */
export const queryFieldDocs: Readonly<Record<QueryName<ClassicRoute>, FieldDoc>> = {
  search: {
    description: 'Only users with this text in their name, email or id, ignoring case and accents.',
    schema: { type: 'string', maxLength: limits.searchLength },
  },
  limit: {
    description: 'The most to return.',
    schema: { type: 'integer', minimum: 0, maximum: limits.pageLimit, default: limits.pageDefault },
  },
  offset: {
    description: 'How many to skip.',
    schema: { type: 'integer', format: 'int64', minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: 0 },
  },
  orderType: {
    description: 'By registration: the oldest first, or the newest.',
    schema: { type: 'string', enum: ['ASC', 'DESC'], default: 'ASC' },
  },
}

/**
 * The fields of bodies, by name. An unknown field is ignored, and one that is null counts as not sent. The body that only
 * Appwrite's first SDK sends, with `sessionId`, is not described.
 */
export const bodyFieldDocs: Readonly<Record<Exclude<BodyName<ClassicRoute>, 'sessionId'>, FieldDoc>> = {
  email: {
    description: 'One plain address, which no other user has, ignoring case.',
    schema: { type: 'string', format: 'idn-email', maxLength: limits.emailLength },
    isRequired: true,
  },
  password: {
    description: 'At least this long; the app may ask for more.',
    schema: {
      type: 'string',
      format: 'password',
      minLength: limits.passwordMinLength,
      maxLength: limits.passwordMaxLength,
    },
    isRequired: true,
  },
  name: {
    description: 'One printable line.',
    schema: { type: 'string', maxLength: limits.nameLength, default: '' },
  },
  status: {
    description: '0 for not activated, 1 for active, 2 for blocked.',
    schema: { type: 'integer', enum: Object.values(classicStatuses) },
    isRequired: true,
  },
  prefs: {
    description: `What to set, by name, and null for what to remove. All settings together may have ${limits.prefsBytes} bytes of JSON, ${limits.prefsKeys} names and ${limits.prefsDepth} levels.`,
    schema: { type: 'object', maxProperties: limits.prefsKeys, additionalProperties: true },
    isRequired: true,
  },
}
