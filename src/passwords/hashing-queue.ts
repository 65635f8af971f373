import { availableParallelism } from 'node:os'
import { onAbort } from '../domain/abort.js'
import { limits } from '../domain/limits.js'
import { TooBusyError } from '../errors/index.js'

/** How many passwords may be hashed at once, and how many may wait. */
export interface HashingLimits {
  readonly concurrency: number
  readonly maxWaiting: number
}

/**
 * As many as increase throughput, but one less than libuv's threads: hashing shares these with the host's file and DNS
 * work, which a flood of sign-ins would otherwise block for seconds.
 */
export function defaultHashingLimits(threads = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4) || 4): HashingLimits {
  return {
    concurrency: Math.max(1, Math.min(availableParallelism() + 1, threads - 1)),
    maxWaiting: limits.hashesWaiting,
  }
}

/** Runs a limited number of tasks at once, first in, first out. */
export interface HashingQueue {
  /**
   * @throws {TooBusyError} at once when the queue is full.
   * @throws the signal's reason, when it is aborted before the task has started.
   */
  run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T>
}

export function createHashingQueue({ concurrency, maxWaiting }: HashingLimits): HashingQueue {
  // A Set keeps the order and deletes an aborted waiter without a search.
  const waiting = new Set<() => void>()
  let running = 0

  async function acquire(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted()
    if (running < concurrency) {
      running++
      return
    }
    if (waiting.size >= maxWaiting) throw new TooBusyError()
    await new Promise<void>((resolve, reject) => {
      const start = () => {
        stayed?.()
        resolve()
      }
      waiting.add(start)
      const stayed =
        signal &&
        onAbort(signal, () => {
          waiting.delete(start)
          reject(signal.reason)
        })
    })
  }

  function release(): void {
    const [next] = waiting
    if (!next) {
      running--
      return
    }
    waiting.delete(next)
    next()
  }

  return {
    async run(task, signal) {
      await acquire(signal)
      try {
        // The signal may have been aborted since.
        signal?.throwIfAborted()
        return await task()
      } finally {
        release()
      }
    },
  }
}
