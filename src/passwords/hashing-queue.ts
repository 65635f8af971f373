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
 * As many as cost no throughput, but one less than libuv has threads: hashing shares these with the file and DNS work
 * of the host, which would otherwise stand still for seconds under a flood of sign-ins.
 */
export function defaultHashingLimits(threads = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4) || 4): HashingLimits {
  return {
    concurrency: Math.max(1, Math.min(availableParallelism() + 1, threads - 1)),
    maxWaiting: limits.hashesWaiting,
  }
}

/** Runs a task when its turn comes: first in, first out. */
export interface HashingQueue {
  /**
   * @throws {TooBusyError} at once, when as many wait as may.
   * @throws the signal's reason, when it is aborted before the task has started.
   */
  run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T>
}

export function createHashingQueue({ concurrency, maxWaiting }: HashingLimits): HashingQueue {
  // A Set keeps its order and forgets an aborted waiter without a search.
  const waiting = new Set<() => void>()
  let running = 0

  async function takeTurn(signal: AbortSignal | undefined): Promise<void> {
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

  function passTurn(): void {
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
      await takeTurn(signal)
      try {
        // It may have been aborted between its turn and this line.
        signal?.throwIfAborted()
        return await task()
      } finally {
        passTurn()
      }
    },
  }
}
