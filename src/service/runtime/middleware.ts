import { isSignal, untilAborted } from '../../domain/abort.js'

export type Operation = (...args: never[]) => Promise<unknown>

/** Wraps each operation. Each keeps its signature. */
export function wrapEach<Operations extends object>(
  operations: Operations,
  wrap: (operation: Operation, name: string) => Operation,
): Operations {
  const entries = Object.entries(operations).map(([name, operation]) => [name, wrap(operation, name)] as const)
  // The same names with the same signatures.
  return Object.fromEntries(entries) as unknown as Operations
}

/**
 * Rejects the call at once when its signal is aborted. The operation itself continues until it next checks the signal,
 * and keeps its place in every queue until then.
 */
export function abortable<Operations extends object>(operations: Operations): Operations {
  return wrapEach(operations, (operation) => (...args) => {
    const signal = signalOf(args)
    return signal ? untilAborted(signal, operation(...args)) : operation(...args)
  })
}

/** The signal in the last argument, which is unchecked here: the operation refuses anything but a signal. */
function signalOf(args: Parameters<Operation>): AbortSignal | undefined {
  const options: unknown = args.at(-1)
  const signal: unknown = typeof options === 'object' && options !== null ? Reflect.get(options, 'signal') : undefined
  return isSignal(signal) ? signal : undefined
}
