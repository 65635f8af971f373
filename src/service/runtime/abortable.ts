import { isSignal, untilAborted } from '../../domain/abort.js'
import { type Operation, wrapped } from './wrapped.js'

/**
 * Ends the wait of a caller whose signal is aborted. The operation itself goes on to where it next looks at the signal,
 * and keeps its place in every queue until then.
 */
export function abortable<Operations extends object>(operations: Operations): Operations {
  return wrapped(operations, (operation) => (...args) => {
    const signal = signalOf(args)
    return signal ? untilAborted(signal, operation(...args)) : operation(...args)
  })
}

/** The signal in the last argument, which is not checked yet: what is none is refused by the operation. */
export function signalOf(args: Parameters<Operation>): AbortSignal | undefined {
  const options: unknown = args.at(-1)
  const signal: unknown = typeof options === 'object' && options !== null ? Reflect.get(options, 'signal') : undefined
  return isSignal(signal) ? signal : undefined
}
