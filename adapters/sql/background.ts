import { setTimeout as pause } from 'node:timers/promises'

const longestPauseMs = 100
const elsewhereMs = 1000

/** How a step ended: nothing is left to do, there is more, or another process is doing it. */
export type StepOutcome = 'done' | 'more' | 'elsewhere'

/** Work that is done in steps, in the background of whatever else the process does. */
export interface BackgroundTask {
  /** Starts, unless it is running. */
  start(): void
  /** Stops for good, after the current step. */
  stop(): void
}

/**
 * Repeats a step until it is done, and takes up at most half of the time. It keeps no process alive. A step that throws
 * ends the task, unless `isPassing` says that the error will pass; the next start, or a sweep, continues it.
 */
export function backgroundTask(
  step: () => Promise<StepOutcome>,
  isPassing: (error: unknown) => boolean,
): BackgroundTask {
  let isRunning = false
  let isStopped = false

  async function repeat(): Promise<void> {
    let last: { readonly outcome: StepOutcome; readonly tookMs: number }
    // The calls of the host that has opened the storage go first.
    let pauseMs = 1
    do {
      await pause(pauseMs, undefined, { ref: false })
      if (isStopped) return
      last = await timed(step, isPassing)
      pauseMs = last.outcome === 'elsewhere' ? elsewhereMs : Math.min(last.tookMs, longestPauseMs)
    } while (last.outcome !== 'done')
  }

  return {
    start() {
      if (isRunning || isStopped) return
      isRunning = true
      repeat()
        .catch(() => {})
        .finally(() => {
          isRunning = false
        })
    },
    stop() {
      isStopped = true
    },
  }
}

async function timed(step: () => Promise<StepOutcome>, isPassing: (error: unknown) => boolean) {
  const start = performance.now()
  try {
    return { outcome: await step(), tookMs: performance.now() - start }
  } catch (error) {
    if (!isPassing(error)) throw error
    return { outcome: 'more' as const, tookMs: longestPauseMs }
  }
}
