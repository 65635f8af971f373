import * as v from 'valibot'
import { limits } from './limits.js'

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[]
  /** The position after the last item, to go on from by `after`. Opaque: only the storage reads it. Absent when nothing follows. */
  readonly next?: string
  /**
   * How many there are in all. Only where it was asked for. Beside a part of a list, it may count what was written since
   * that part was read.
   */
  readonly total?: number
  /** Present when there are more than `total` says, since counting stopped there. */
  readonly totalIsCapped?: true
}

/** In which order users are listed: by registration, and nothing else. */
export type UserOrder = 'oldest-first' | 'newest-first'

const whole = (message: string) => v.pipe(v.number(message), v.safeInteger(message))
const offset = v.pipe(whole('must be a whole number from 0'), v.minValue(0, 'must be a whole number from 0'))
const limitText = `must be a whole number from 0 to ${limits.pageLimit}`

const pageSizeText = `must be a whole number from 1 to ${limits.pageLimit}`

/** How many rows are read at once of a list that is read as a whole. */
export const pageSizeSchema = v.pipe(
  whole(pageSizeText),
  v.minValue(1, pageSizeText),
  v.maxValue(limits.pageLimit, pageSizeText),
)

/** What a position in a list must be. */
export const positionRule = 'must be the next of an earlier page'

/** The fields that choose a part of any list. */
export const rangeFields = {
  limit: v.optional(
    v.pipe(whole(limitText), v.minValue(0, limitText), v.maxValue(limits.pageLimit, limitText)),
    limits.pageDefault,
  ),
  offset: v.optional(offset, 0),
  // Only the storage can tell whether it is one.
  after: v.optional(v.pipe(v.string('must be a string'), v.maxLength(limits.positionLength, positionRule))),
  total: v.optional(v.boolean('must be true or false'), false),
}

export const orderSchema = v.optional(
  v.picklist(['oldest-first', 'newest-first'], 'must be oldest-first or newest-first'),
  'oldest-first',
)
