/** Times sides in turns, so that whatever else slows the machine down slows all. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { median, ratioOf } from './statistics.js'

// Without a flag on the command line, so that `npm run bench` is all there is to type.
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')

// The engine compiles a function for good only after some thousand calls; a write to a disk is slow to get there.
const warmCalls = 3000

/**
 * Runs the sides alternately, each as many calls as fill a slice of time on the first one, and begins every round with
 * another side. Answers the milliseconds of each side in each round.
 *
 * @param sides functions by name; each gets the number of the call, the same numbers on all sides.
 * @param {{ before?, workers?: number, most?, calls?, mostRounds? }} how `before` is not timed, and readies all sides for
 *   the next calls.
 */
export async function takeTurns(sides, how, timing) {
  const { before, workers = 1, most = Infinity, calls, mostRounds = Infinity } = how
  const { rounds, sliceMs, warmMs = 1200 } = timing
  const names = Object.keys(sides)
  let next = 0
  async function round(count, first) {
    const from = next
    next += count
    await before?.(from, count)
    const times = {}
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(first + turn) % names.length]
      times[name] = await timed(sides[name], from, count, workers)
    }
    return times
  }

  const start = performance.now()
  const isWarm = () => next >= warmCalls || performance.now() - start > warmMs
  let count = calls ?? 1
  while (!calls && count < most && (await round(count, 0))[names[0]] < sliceMs / 2) count = Math.min(count * 2, most)
  while (!isWarm()) await round(count, 0)

  const times = []
  for (let index = 0; index < Math.min(rounds, mostRounds); index++) times.push(await round(count, index))
  return { calls: count, times }
}

/** Times `ours` against `raw`: the ratio is the median over the rounds, with the middle half. */
export async function measure({ raw, ours, ...how }, timing) {
  const { calls, times } = await takeTurns({ raw, ours }, how, timing)
  const ratio = ratioOf(times, 'ours', 'raw')
  return {
    calls,
    rawMicroseconds: microsecondsPerCall(times, 'raw', calls),
    oursMicroseconds: microsecondsPerCall(times, 'ours', calls),
    ratio: ratio.median,
    low: ratio.low,
    high: ratio.high,
  }
}

export const microsecondsPerCall = (times, side, calls) => (median(times.map((time) => time[side])) * 1000) / calls

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
