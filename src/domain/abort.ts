const signalMethods = ['throwIfAborted', 'addEventListener', 'removeEventListener']

/** Returns whether a value is a signal, also of another realm or a polyfill: by what it can do. */
export function isAbortSignal(value: unknown): value is AbortSignal {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'aborted') === 'boolean' &&
    signalMethods.every((method) => typeof Reflect.get(value, method) === 'function')
  )
}

const waiting = new WeakMap<AbortSignal, Set<() => void>>()

/**
 * Calls back when the signal is aborted, and returns what takes the callback away again. However many wait for one
 * signal it has one listener, and none when nobody waits: a host that hands one signal to many calls would else be
 * warned of a leak.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const callbacks = waiting.get(signal) ?? listening(signal)
  callbacks.add(callback)
  return () => {
    callbacks.delete(callback)
    if (callbacks.size > 0 || waiting.get(signal) !== callbacks) return
    waiting.delete(signal)
    signal.removeEventListener('abort', tellAll)
  }
}

function listening(signal: AbortSignal): Set<() => void> {
  const callbacks = new Set<() => void>()
  waiting.set(signal, callbacks)
  signal.addEventListener('abort', tellAll, { once: true })
  return callbacks
}

function tellAll(this: AbortSignal): void {
  const callbacks = waiting.get(this)
  waiting.delete(this)
  for (const callback of callbacks ?? []) callback()
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
