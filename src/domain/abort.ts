const methods = ['throwIfAborted', 'addEventListener', 'removeEventListener']

/** Returns whether a value is a signal. One of another realm, or a polyfill, is told by what it can do. */
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
  /** The signal's one listener. It knows its signal: a polyfill may call it on something else. */
  readonly tellAll: () => void
}

const waiting = new WeakMap<AbortSignal, Waiting>()

/**
 * Calls back when the signal is aborted, and returns what takes the callback away again. However many wait for one
 * signal it has one listener, and none when nobody waits: a host that hands one signal to many calls would else be
 * warned of a leak.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const mine = waiting.get(signal) ?? listening(signal)
  mine.callbacks.add(callback)
  return () => {
    mine.callbacks.delete(callback)
    if (mine.callbacks.size > 0 || waiting.get(signal) !== mine) return
    waiting.delete(signal)
    signal.removeEventListener('abort', mine.tellAll)
  }
}

function listening(signal: AbortSignal): Waiting {
  const callbacks = new Set<() => void>()
  function tellAll(): void {
    waiting.delete(signal)
    for (const callback of callbacks) callback()
  }
  const started = { callbacks, tellAll }
  waiting.set(signal, started)
  signal.addEventListener('abort', tellAll, { once: true })
  return started
}

/**
 * Settles as the work does, or rejects with the signal's reason when it is aborted meanwhile. The work itself goes on:
 * an error of it that comes too late is nobody's. Work that is given an aborted signal refuses by itself.
 */
export function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = onAbort(signal, () => reject(signal.reason))
    work.then(resolve, reject).finally(leave)
  })
}

/**
 * Settles as the work does, or with the result of `onTimeout` (which may throw) once the time is over. The work itself
 * goes on; a later error of it is ignored. Keeps the process alive while it waits.
 */
export async function withTimeout<T, Late>(
  work: PromiseLike<T>,
  timeoutMs: number,
  onTimeout: () => Late,
): Promise<T | Late> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs)
  }).then(onTimeout)
  try {
    return await Promise.race([work, timeout])
  } finally {
    clearTimeout(timer)
  }
}
