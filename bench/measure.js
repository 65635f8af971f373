/** Times two sides in turns, so that whatever else slows the machine down slows both. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

// Without a flag on the command line, so that `npm run bench` is all there is to type.
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')

// The engine compiles a function for good only after some thousand calls; a write to a disk is slow to get there.
const warmCalls = 3000
const warmMs = 1200

/**
 * Runs the two sides alternately, each as many calls as fill a slice of time on the raw side, and swaps in every round
 * which one is first. The ratio is taken within a round; the answer is the median over the rounds, and the middle half.
 *
 * @param {{ raw, ours, before?, workers?: number, most?, calls?, mostRounds?: number }} pair `raw` and `ours` get the
 *   number of the call, the same numbers on both sides; `before` is not timed, and readies both for the next calls.
 */
export async function measure(pair, timing) {
  const { raw, ours, before, workers = 1, most = Infinity, calls, mostRounds = Infinity } = pair
  const { rounds, sliceMs } = timing
  let next = 0
  async function round(count, rawFirst) {
    const from = next
    next += count
    await before?.(from, count)
    const time = (side) => timed(side, from, count, workers)
    if (rawFirst) return { raw: await time(raw), ours: await time(ours) }
    const oursFirst = await time(ours)
    return { raw: await time(raw), ours: oursFirst }
  }

  const start = performance.now()
  const isWarm = () => next >= warmCalls || performance.now() - start > warmMs
  let count = calls ?? 1
  while (!calls && count < most && (await round(count, true)).raw < sliceMs / 2) count = Math.min(count * 2, most)
  while (!isWarm()) await round(count, true)

  const times = []
  for (let index = 0; index < Math.min(rounds, mostRounds); index++) times.push(await round(count, index % 2 === 0))
  const ratios = times.map((time) => time.ours / time.raw)
  const perCall = (side) => (median(times.map((time) => time[side])) * 1000) / count
  return {
    calls: count,
    rawMicroseconds: perCall('raw'),
    oursMicroseconds: perCall('ours'),
    ratio: median(ratios),
    low: quantile(ratios, 0.25),
    high: quantile(ratios, 0.75),
  }
}

/** Milliseconds for `count` calls, one after another in each of the workers. */
async function timed(call, from, count, workers) {
  // What one side leaves behind is not to be cleared away in the other one's time.
  collect({ type: 'minor' })
  let next = from
  async function work() {
    while (next < from + count) {
      const answer = call(next++)
      if (answer instanceof Promise) await answer
    }
  }
  const start = performance.now()
  if (workers === 1) await work()
  else await Promise.all(Array.from({ length: workers }, work))
  return performance.now() - start
}

const median = (values) => quantile(values, 0.5)

function quantile(values, share) {
  const sorted = values.toSorted((one, other) => one - other)
  const place = share * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return low + (high - low) * (place % 1)
}
