import { withTimeout } from '../domain/abort.js'

const patienceMs = 10_000

/**
 * Waits for a result of the host's code, but not forever, since a request must end. A result that is not a promise
 * is returned as it is.
 *
 * @throws when there is none within 10 seconds.
 */
export function inTime<T>(name: string, answer: T | PromiseLike<T>): T | Promise<T> {
  if (typeof answer !== 'object' || answer === null || !('then' in answer)) return answer
  return withTimeout(answer, patienceMs, () => {
    throw new Error(`${name} did not answer within ${patienceMs} ms`)
  })
}
