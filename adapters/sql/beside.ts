import { setTimeout as pause } from 'node:timers/promises'

const longestPauseMs = 100
const elsewhereMs = 1000

/** Work that is done in steps, beside whatever else the process does. */
export interface Beside {
  /** Begins, unless it is being done. */
  start(): void
  /** Ends it for good, after the step that is being made. */
  stop(): void
}

/**
 * Repeats a step until it is done, at most half of the time. It keeps no process alive. A step that throws ends it: whoever
 * starts it next, or a sweep, goes on. `again` says after which errors it is tried again all the same.
 */
export function beside(step: () => Promise<'done' | 'more' | 'elsewhere'>, again: (error: unknown) => boolean): Beside {
  let isRunning = false
  let isStopped = false

  async function work(): Promise<void> {
    let next: { readonly outcome: 'done' | 'more' | 'elsewhere'; readonly tookMs: number }
    // First of all whoever has opened the storage goes on.
    let restMs = 1
    do {
      await pause(restMs, undefined, { ref: false })
      if (isStopped) return
      next = await timed(step, again)
      restMs = next.outcome === 'elsewhere' ? elsewhereMs : Math.min(next.tookMs, longestPauseMs)
    } while (next.outcome !== 'done')
  }

  return {
    start() {
      if (isRunning || isStopped) return
      isRunning = true
      work()
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

async function timed(step: () => Promise<'done' | 'more' | 'elsewhere'>, again: (error: unknown) => boolean) {
  const start = performance.now()
  try {
    return { outcome: await step(), tookMs: performance.now() - start }
  } catch (error) {
    if (!again(error)) throw error
    return { outcome: 'more' as const, tookMs: longestPauseMs }
  }
}
