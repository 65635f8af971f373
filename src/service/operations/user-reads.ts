import * as v from 'valibot'
import { emailKey, emailSchema } from '../../domain/email.js'
import { checked } from '../../domain/input.js'
import type { SchemaOf } from '../../domain/options.js'
import { orderSchema, rangeFields } from '../../domain/page.js'
import { fold, searchSchema } from '../../domain/search-text.js'
import { toUser } from '../../domain/user.js'
import { type Core, checkedCall, checkedText } from '../core.js'
import type { ListUsersQuery, UsersService } from '../users-service.js'

const listSchema = v.strictObject({
  ...rangeFields,
  order: orderSchema,
  search: v.optional(searchSchema, ''),
} satisfies SchemaOf<ListUsersQuery>)

type UserReads = Pick<UsersService, 'listUsers' | 'getUser' | 'findUserByEmail' | 'getUserPrefs'>

export function userReads(core: Core): UserReads {
  return {
    async listUsers(query = {}, options) {
      const { search, total, after, ...range } = checked(listSchema, query)
      checkedCall(options)
      const match = fold(search)
      // Only combining marks or invisible characters: it would match everyone, which nobody asked for.
      if (search !== '' && match === '') return { items: [], ...(total && { total: 0 }) }
      const page = await core.storage.listUsers({
        ...range,
        ...(match !== '' && { match }),
        ...(after !== undefined && { after }),
        total: total ? (match === '' ? 'exact' : 'capped') : 'none',
      })
      return { ...page, items: page.items.map(toUser) }
    },

    async getUser(userId, options) {
      checkedCall(options)
      return toUser(await core.existingUser(checkedText('userId', userId)))
    },

    async findUserByEmail(email, options) {
      checkedCall(options)
      const key = emailKey(checked(emailSchema, email, 'email'))
      const user = key === undefined ? undefined : await core.storage.findUser({ emailKey: key })
      return user && toUser(user)
    },

    async getUserPrefs(userId, options) {
      checkedCall(options)
      return (await core.existingUser(checkedText('userId', userId))).prefs
    },
  }
}
