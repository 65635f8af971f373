import * as v from 'valibot'
import { limits } from './limits.js'

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[]
  /**
   * The position after the last item, to continue from with `after`. Opaque: only the storage reads it. Absent when
   * nothing follows.
   */
  readonly next?: string
  /**
   * How many items there are in all, if that was asked for. It may count what was written after the items of this page
   * were read.
   */
  readonly total?: number
  /** Present when there are more than `total`, where counting stopped (`limits.totalCap`). */
  readonly totalIsCapped?: true
}

/** The order of a list of users: always by registration. */
export type UserOrder = 'oldest-first' | 'newest-first'

const whole = (message: string) => v.pipe(v.number(message), v.safeInteger(message))
const offset = v.pipe(whole('must be a whole number from 0'), v.minValue(0, 'must be a whole number from 0'))
const limitText = `must be a whole number from 0 to ${limits.pageLimit}`

const pageSizeText = `must be a whole number from 1 to ${limits.pageLimit}`

/** How many rows to read at a time when a whole list is read. */
export const pageSizeSchema = v.pipe(
  whole(pageSizeText),
  v.minValue(1, pageSizeText),
  v.maxValue(limits.pageLimit, pageSizeText),
)

/** The rule for a position in a list. */
export const positionRule = 'must be the next of an earlier page'

/** The fields that select a part of any list. */
export const rangeFields = {
  limit: v.optional(
    v.pipe(whole(limitText), v.minValue(0, limitText), v.maxValue(limits.pageLimit, limitText)),
    limits.pageDefault,
  ),
  offset: v.optional(offset, 0),
  // Only the storage knows whether it is valid.
  after: v.optional(v.pipe(v.string('must be a string'), v.maxLength(limits.positionLength, positionRule))),
  total: v.optional(v.boolean('must be true or false'), false),
}

// As an object, so that the compiler asks for each order.
const orders: { readonly [Order in UserOrder]: Order } = {
  'oldest-first': 'oldest-first',
  'newest-first': 'newest-first',
}

export const orderSchema = v.optional(
  v.picklist(Object.values(orders), 'must be oldest-first or newest-first'),
  'oldest-first',
)
