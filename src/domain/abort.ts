const methods = ['throwIfAborted', 'addEventListener', 'removeEventListener']

/** Returns whether a value is a signal. One of another realm, or a polyfill, is recognised by its methods. */
export function isSignal(value: unknown): value is AbortSignal {
  if (value instanceof AbortSignal) return true
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'aborted') === 'boolean' &&
    methods.every((method) => typeof Reflect.get(value, method) === 'function')
  )
}

interface Waiting {
  readonly callbacks: Set<() => void>
  /** The signal's only listener. It closes over the signal, since a polyfill may call it on something else. */
  readonly notifyAll: () => void
}

const waiting = new WeakMap<AbortSignal, Waiting>()

/**
 * Calls back when the signal is aborted. Returns a function that removes the callback. A signal has one listener
 * however many callbacks wait for it, and none when there are none: otherwise Node would warn a host that passes one
 * signal to many calls of a leak.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const mine = waiting.get(signal) ?? startListening(signal)
  mine.callbacks.add(callback)
  return () => {
    mine.callbacks.delete(callback)
    if (mine.callbacks.size > 0 || waiting.get(signal) !== mine) return
    waiting.delete(signal)
    signal.removeEventListener('abort', mine.notifyAll)
  }
}

function startListening(signal: AbortSignal): Waiting {
  const callbacks = new Set<() => void>()
  function notifyAll(): void {
    waiting.delete(signal)
    for (const callback of callbacks) callback()
  }
  const started = { callbacks, notifyAll }
  waiting.set(signal, started)
  signal.addEventListener('abort', notifyAll, { once: true })
  return started
}

/**
 * Settles as the work does, or rejects with the signal's reason once that is aborted. The work itself continues; a later
 * error of it is ignored. A signal that is aborted already is for the work to check.
 */
export function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = onAbort(signal, () => reject(signal.reason))
    work.then(resolve, reject).finally(leave)
  })
}

/**
 * Settles as the work does, or with the result of `onTimeout` (which may throw) once the time is over. The work itself
 * continues; a later error of it is ignored. Keeps the process alive while it waits, unless `keepsAlive` is false.
 */
export async function withTimeout<T, Late>(
  work: PromiseLike<T>,
  timeoutMs: number,
  onTimeout: () => Late,
  { keepsAlive = true }: { readonly keepsAlive?: boolean } = {},
): Promise<T | Late> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs)
    if (!keepsAlive) timer.unref()
  }).then(onTimeout)
  try {
    return await Promise.race([work, timeout])
  } finally {
    clearTimeout(timer)
  }
}
