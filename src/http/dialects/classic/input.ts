import { invalid } from '../../../domain/input.js'
import { isPlainObject } from '../../../domain/json.js'
import type { UserOrder } from '../../../domain/page.js'
import type { Prefs } from '../../../domain/prefs.js'
import type { UserStatus } from '../../../domain/user.js'
import type { ListQuery, ListUsersQuery, NewUser } from '../../../service/users-service.js'
import { defined, type Fields, required, wholeNumber } from '../../fields.js'
import { classicStatuses } from './output.js'

// Appwrite's own example passes a number as a string. `Object.entries` forgets the names of the keys.
const statuses = new Map<unknown, UserStatus>(
  (Object.entries(classicStatuses) as [UserStatus, number][]).flatMap(([status, code]) => [
    [code, status],
    [String(code), status],
  ]),
)
const orders = new Map<unknown, UserOrder>([
  ['ASC', 'oldest-first'],
  ['DESC', 'newest-first'],
])

/** From wire to domain: the query of a list. */
export function rangeInput(query: Fields): ListQuery {
  return defined({ limit: wholeNumber(query, 'limit'), offset: wholeNumber(query, 'offset') })
}

/** From wire to domain: the query of the list of users. */
export function listUsersInput(query: Fields): ListUsersQuery {
  const orderType = query.get('orderType')
  const order = orders.get(orderType)
  if (orderType !== undefined && !order) throw invalid('orderType', 'must be one of (ASC, DESC)')
  return { ...rangeInput(query), ...defined({ search: query.get('search'), order }), total: true }
}

/** From wire to domain: a new user, who is not activated yet and needs a password. */
export function createUserInput(body: Fields): NewUser {
  const email = required(body, 'email')
  const password = required(body, 'password')
  return defined({ email, password, name: body.get('name'), status: 'disabled' })
}

/** From wire to domain: a status. */
export function statusInput(body: Fields): { status: UserStatus } {
  const status = statuses.get(required(body, 'status'))
  if (!status) throw invalid('status', 'must be one of (0, 1, 2)')
  return { status }
}

/** From wire to domain: preferences, an object or a string that holds one. PHP sends `[]` for an empty object. */
export function prefsInput(body: Fields): { prefs: Prefs } {
  const value = required(body, 'prefs')
  const prefs = typeof value === 'string' ? parsed(value) : value
  if (Array.isArray(prefs) && prefs.length === 0) return { prefs: {} }
  if (!isPlainObject(prefs)) throw invalid('prefs', 'must be a valid object')
  // The core checks what is in it.
  return { prefs: prefs as Prefs }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
