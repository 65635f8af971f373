import { withTimeout } from '../../domain/abort.js'
import { ClosedError } from '../../errors/index.js'
import { type Operation, wrapEach } from './middleware.js'

/** Lets operations through until it is closed, and tracks those that are running. */
export interface Gate {
  /** @throws {ClosedError} */
  requireOpen(): void
  /** Wraps each operation: it counts as running until its promise settles, and is refused once the gate is closed. */
  guarded<Operations extends object>(operations: Operations): Operations
  /** Refuses new calls, waits for those that are running, then closes what is behind the gate. */
  close(): Promise<void>
}

export interface GateOptions {
  /** Closes what is behind the gate, within this time. */
  readonly closeBehind?: (timeoutMs: number) => Promise<void>
  /** How long closing may take in total. By default without limit. */
  readonly closeTimeoutMs?: number
  /** The message of the error for refused callers. */
  readonly closed?: string
  /** Called when the time was up before everything had ended. */
  readonly late?: (stillRunning: number) => void
}

const interrupted = 'the users service was closed before this call ended: its change may have been made'
const longestReserveMs = 1000

export function createGate({ closeBehind, closeTimeoutMs, closed, late }: GateOptions = {}): Gate {
  /** How to reject the callers of running operations. */
  const running = new Set<(error: ClosedError) => void>()
  let closing: Promise<void> | undefined
  let lastEnded = () => {}

  function requireOpen(): void {
    if (closing) throw new ClosedError(closed)
  }

  function guard(operation: Operation): Operation {
    return (...args) =>
      new Promise((resolve, reject) => {
        requireOpen()
        const ended = () => {
          running.delete(reject)
          if (running.size === 0) lastEnded()
        }
        const work = operation(...args)
        running.add(reject)
        work.then(
          (result) => {
            ended()
            resolve(result)
          },
          (error: unknown) => {
            ended()
            reject(error)
          },
        )
      })
  }

  function allEnded(): Promise<void> {
    return new Promise<void>((resolve) => {
      lastEnded = resolve
      if (running.size === 0) resolve()
    })
  }

  async function closeAll(): Promise<void> {
    if (closeTimeoutMs === undefined) {
      await allEnded()
      await closeBehind?.(Number.POSITIVE_INFINITY)
      return
    }
    const end = performance.now() + closeTimeoutMs
    // The rest is for what is behind the gate, so that both together stay within the time.
    const reserveMs = Math.min(longestReserveMs, closeTimeoutMs / 2)
    const isDone = await endsWithin(closeTimeoutMs - reserveMs, allEnded())
    const stillRunning = running.size
    for (const reject of running) reject(new ClosedError(interrupted))
    const leftMs = isDone ? Math.max(end - performance.now(), reserveMs) : reserveMs
    const isClosed = !closeBehind || (await endsWithin(leftMs, closeBehind(isDone ? leftMs : 0)))
    if (!isDone || !isClosed) late?.(stillRunning)
  }

  return {
    requireOpen,
    guarded: (operations) => wrapEach(operations, guard),
    close: () => (closing ??= closeAll()),
  }
}

function endsWithin(timeoutMs: number, work: Promise<void>): Promise<boolean> {
  return withTimeout(
    work.then(() => true),
    timeoutMs,
    () => false,
  )
}
