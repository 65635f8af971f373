const patienceMs = 10_000

/**
 * Waits for an answer of the host's code, but not for ever: a request must end. One that is there already is answered as
 * it is.
 *
 * @throws when there is none within 10 seconds.
 */
export function inTime<T>(name: string, answer: T | PromiseLike<T>): T | Promise<T> {
  return typeof answer === 'object' && answer !== null && 'then' in answer ? beforeTimer(name, answer) : answer
}

async function beforeTimer<T>(name: string, answer: PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} did not answer within ${patienceMs} ms`)), patienceMs)
  })
  try {
    return await Promise.race([answer, tooLate])
  } finally {
    clearTimeout(timer)
  }
}
