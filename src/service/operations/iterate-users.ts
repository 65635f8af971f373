import { setImmediate as otherWork } from 'node:timers/promises'
import * as v from 'valibot'
import { checked } from '../../domain/input.js'
import { limits } from '../../domain/limits.js'
import type { SchemaOf } from '../../domain/options.js'
import { orderSchema, pageSizeSchema } from '../../domain/page.js'
import { searchSchema } from '../../domain/search-text.js'
import type { User } from '../../domain/user.js'
import { checkedCall } from '../arguments.js'
import type { IterateUsersQuery, ListUsersQuery, UsersService } from '../users-service.js'

const querySchema = v.strictObject({
  search: v.optional(searchSchema, ''),
  order: orderSchema,
  pageSize: v.optional(pageSizeSchema, limits.pageLimit),
} satisfies SchemaOf<IterateUsersQuery>)

/** Walks by pages of `listUsers`: each is an operation of its own, and what holds for one holds for the walk. */
export function iterateUsers({ listUsers }: Pick<UsersService, 'listUsers'>): Pick<UsersService, 'iterateUsers'> {
  async function* walk(query: ListUsersQuery, signal: AbortSignal | undefined): AsyncGenerator<User, void, undefined> {
    let after: string | undefined
    do {
      const page = await listUsers({ ...query, ...(after !== undefined && { after }) }, signal && { signal })
      for (const user of page.items) {
        signal?.throwIfAborted()
        yield user
      }
      after = page.next
      // A storage in this process returns at once, and the walk would block all other work until its end.
      await otherWork()
    } while (after !== undefined)
  }

  return {
    // Not a generator itself, so that the call throws on invalid input, and not the first step.
    iterateUsers(query = {}, options) {
      const { pageSize, ...rest } = checked(querySchema, query)
      return walk({ ...rest, limit: pageSize }, checkedCall(options).signal)
    },
  }
}
