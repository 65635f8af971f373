import { isId } from '../domain/ids.js'
import { invalid } from '../domain/input.js'
import { positionRule } from '../domain/page.js'
import type { InvalidInputError } from '../errors/index.js'

// Positions of a storage that numbers its rows. Only such a storage may look into one: other storages have others, and
// for the core a position is any string.

/** Returns the position of the row with this number. */
export function rowPosition(row: number): string {
  return String(row)
}

/**
 * Returns the number of the row at a position.
 *
 * @throws {InvalidInputError} when no row can be there.
 */
export function rowAt(position: string): number {
  const row = Number(position)
  if (/^[1-9]\d{0,15}$/.test(position) && Number.isSafeInteger(row)) return row
  throw foreignPosition()
}

const byId = 'id:'

/** Returns the position of a record in a list that goes by ids. */
export function idPosition(id: string): string {
  return byId + id
}

/**
 * Returns the id at a position of a list that goes by ids.
 *
 * @throws {InvalidInputError} when it is another kind of position.
 */
export function idAt(position: string): string {
  const id = position.slice(byId.length)
  if (position.startsWith(byId) && isId(id)) return id
  throw foreignPosition()
}

/** The error for a position that a storage cannot have given. */
export function foreignPosition(): InvalidInputError {
  return invalid('after', positionRule)
}
