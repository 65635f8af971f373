import { limits } from '../../../../domain/limits.js'
import { extendedSchema, type JsonSchema, objectSchema } from '../../../openapi/json-schema.js'
import type { ClassicBrowser, ClassicOs, ClassicProgram } from '../client.js'
import { devices } from '../device-codes.js'
import type { ClassicError } from '../errors.js'
import {
  classicEvents,
  classicStatuses,
  type logsOutput,
  type sessionsOutput,
  type successOutput,
  type userListOutput,
  type userOutput,
} from '../output.js'

interface Identified {
  readonly $id: string
}
type User = ReturnType<typeof userOutput>
type ListedUser = ReturnType<typeof userListOutput>['users'][number]
type Session = ReturnType<typeof sessionsOutput>[number]
type LogEntry = ReturnType<typeof logsOutput>[number]

/** The names of the schemas. A field of an output that has no schema does not compile. */
type SchemaName =
  | 'Identified'
  | 'User'
  | 'ListedUser'
  | 'UserList'
  | 'Prefs'
  | 'Session'
  | 'LogEntry'
  | 'OperatingSystem'
  | 'Browser'
  | 'Program'
  | 'Country'
  | 'Success'
  | 'Error'

/** A reference to a schema. */
export function schemaNamed(name: SchemaName): JsonSchema {
  return { $ref: `#/components/schemas/${name}` }
}

const text = (description: string, more: JsonSchema = {}): JsonSchema => ({ type: 'string', description, ...more })
const seconds = (description: string): JsonSchema => ({ type: 'integer', format: 'int64', description })
const listOf = (items: JsonSchema, more: JsonSchema = {}): JsonSchema => ({ type: 'array', items, ...more })

const listedUser = {
  status: {
    type: 'integer',
    enum: Object.values(classicStatuses),
    description: '0 for not activated, 1 for active, 2 for blocked.',
  },
  email: text('As it was typed; its uniqueness ignores letter case.', { maxLength: limits.emailLength }),
  registration: seconds('When the user was created, in Unix seconds.'),
  emailVerification: { type: 'boolean', description: 'Whether the email is known to be theirs.' },
  name: text('The empty string when the user has none.', { maxLength: limits.nameLength }),
}

const origin = {
  OS: {
    description: 'An empty list when the user agent does not say, null without one and for a bot.',
    anyOf: [schemaNamed('OperatingSystem'), { type: 'array', maxItems: 0 }, { type: 'null' }],
  },
  client: {
    description: 'Null when the user agent does not say, without one, and for a bot.',
    anyOf: [schemaNamed('Browser'), schemaNamed('Program'), { type: 'null' }],
  },
  device: {
    type: ['integer', 'null'],
    enum: [...devices.values(), null],
    description: '0 for a desktop, 1 for a phone, 2 for a tablet, 5 for a television.',
  },
  brand: text('A short code, the name of a brand without a code, or the empty string.'),
  model: text('The empty string when it is not known.'),
  ip: text('The IP address, or the empty string.'),
  geo: schemaNamed('Country'),
}

export const classicSchemas: Readonly<Record<SchemaName, JsonSchema>> = {
  // The only schema with the field `$id`, which some tools take for the name of a schema that has it.
  Identified: objectSchema<Identified>('Something that has an id.', {
    $id: text('The id, which never changes.', { maxLength: limits.idLength }),
  }),
  User: extendedSchema<User, ListedUser>('A user.', schemaNamed('ListedUser'), {
    roles: listOf({ type: 'string' }, { maxItems: 0, description: 'Always empty.' }),
  }),
  ListedUser: extendedSchema<ListedUser, Identified>('A user in a list.', schemaNamed('Identified'), listedUser),
  UserList: objectSchema<ReturnType<typeof userListOutput>>('A page of users.', {
    sum: {
      type: 'integer',
      minimum: 0,
      description: `How many users there are on all pages; for a search it stops at ${limits.totalCap}.`,
    },
    users: listOf(schemaNamed('ListedUser'), { maxItems: limits.pageLimit }),
  }),
  Prefs: {
    type: 'object',
    description: 'The settings of a user, by name; each may be any JSON value.',
    maxProperties: limits.prefsKeys,
    additionalProperties: true,
  },
  Session: extendedSchema<Session, Identified>(
    'A session that has neither ended nor expired. Its secret is never shown.',
    schemaNamed('Identified'),
    origin,
  ),
  LogEntry: objectSchema<LogEntry>('Something that the user did, or that was done to the user.', {
    event: text(`One of ${classicEvents.join(', ')}, or an event that the app records itself.`),
    actor: text('Who did it: the name of the caller, or the empty string when the app did not say.', {
      maxLength: limits.actorLength,
    }),
    details: {
      type: 'object',
      description: `What changed, by name (status as the words ${Object.keys(classicStatuses).join(', ')}); of an event of the app what it records. Empty when there is nothing to say.`,
      additionalProperties: true,
    },
    time: seconds('When it happened, in Unix seconds.'),
    ...origin,
  }),
  OperatingSystem: objectSchema<ClassicOs>('An operating system.', {
    name: { type: 'string' },
    short_name: text('Three letters, or the empty string for a system without a code.'),
    version: { type: 'string' },
    platform: text('Always the empty string.'),
  }),
  Browser: objectSchema<ClassicBrowser>('A browser.', {
    type: { const: 'browser' },
    name: { type: 'string' },
    short_name: text('Two letters, or the empty string for a browser without a code.'),
    version: { type: 'string' },
    engine: { type: 'string' },
  }),
  Program: objectSchema<ClassicProgram>('A client that is not a browser.', {
    type: { enum: ['library', 'mobile app'] },
    name: { type: 'string' },
    version: { type: 'string' },
  }),
  Country: objectSchema<Session['geo']>('Where an IP address is, as far as the app looks that up.', {
    isoCode: text('Two letters in lower case (ISO 3166-1), or two hyphens when it is not known.'),
    country: text('The name of the country, or Unknown.'),
  }),
  Success: objectSchema<ReturnType<typeof successOutput>>('The request succeeded.', { result: { const: 'success' } }),
  Error: objectSchema<ClassicError>('Why a request was refused.', {
    message: text('For people. It may change from version to version.'),
    code: { type: 'integer', description: 'The HTTP status.' },
    type: text('For programs: a stable name.'),
    version: text('The version of the service.'),
  }),
}
