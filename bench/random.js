/** Chance out of a seed: the same numbers in every run. */

export { seededRandom } from '../dist/src/testing/random.js'

/** A seed for each member of a series, so that one can be made without those before it. No two have the same. */
export function seedOf(seed, index) {
  // Each step has an inverse, so that different numbers stay different.
  let mixed = index ^ Math.imul(seed + 1, 0x9e3779b1)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/**
 * Makes a choice among weighted items: `choose(number from 0 to below 1)`. Each number is looked up in a table, so that
 * a choice takes the same time among many.
 */
export function weightedChoice(items, weightOf) {
  const places = 4096
  const weights = items.map(weightOf)
  const sum = weights.reduce((one, other) => one + other, 0)
  const table = []
  let reached = 0
  weights.forEach((weight, index) => {
    reached += weight
    while (table.length < Math.round((reached / sum) * places)) table.push(items[index])
  })
  return (number) => table[Math.floor(number * places)]
}

/** The weight of the item at a rank where a few are common and many are rare, as names and words are (Zipf's law). */
export const zipf = (_, rank) => 1 / (rank + 2)
