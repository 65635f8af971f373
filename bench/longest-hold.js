/**
 * Runs a task, and answers how long it took and for how long at most nothing else in the process could run: something
 * else asks for its turn all the time.
 */
export async function longestHold(task) {
  let held = 0
  let isRunning = true
  const start = performance.now()
  let last = start
  function turn() {
    const now = performance.now()
    held = Math.max(held, now - last)
    last = now
    if (isRunning) setImmediate(turn)
  }
  setImmediate(turn)
  await task()
  const end = performance.now()
  isRunning = false
  return { took: end - start, held: Math.max(held, end - last) }
}
