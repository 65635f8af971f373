/** Numbers about numbers. */

export function quantile(values, share) {
  const sorted = Float64Array.from(values).sort()
  const place = share * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return low + (high - low) * (place % 1)
}

export const median = (values) => quantile(values, 0.5)

/** The median, and the middle half: from the lower to the upper quartile. */
export function spread(values) {
  return { median: median(values), low: quantile(values, 0.25), high: quantile(values, 0.75) }
}

/** The ratio of one side to another, taken within each round. */
export const ratioOf = (rounds, side, to) => spread(rounds.map((times) => times[side] / times[to]))
