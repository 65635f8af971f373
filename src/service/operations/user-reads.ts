import * as v from 'valibot'
import { emailSchema, keyOfEmail } from '../../domain/email.js'
import { checked } from '../../domain/input.js'
import type { SchemaOf } from '../../domain/options.js'
import { orderSchema, rangeFields } from '../../domain/page.js'
import { fold, searchSchema } from '../../domain/search-text.js'
import { toUser } from '../../domain/user.js'
import { checkedCall, checkedText, rangeOf } from '../arguments.js'
import type { Core } from '../core.js'
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
      const { search, order, ...list } = checked(listSchema, query)
      checkedCall(options)
      const match = fold(search)
      // Only combining marks or invisible characters: it would match everyone, which nobody asked for.
      if (search !== '' && match === '') return { items: [], ...(list.total && { total: 0 }) }
      const page = await core.storage.listUsers({
        ...rangeOf(list, match === '' ? 'exact' : 'capped'),
        order,
        ...(match !== '' && { match }),
      })
      return { ...page, items: page.items.map(toUser) }
    },

    async getUser(userId, options) {
      checkedCall(options)
      return toUser(await core.existingUser(checkedText('userId', userId)))
    },

    async findUserByEmail(email, options) {
      checkedCall(options)
      const user = await core.storage.findUser({ emailKey: keyOfEmail(checked(emailSchema, email, 'email')) })
      return user && toUser(user)
    },

    async getUserPrefs(userId, options) {
      checkedCall(options)
      return (await core.existingUser(checkedText('userId', userId))).prefs
    },
  }
}
