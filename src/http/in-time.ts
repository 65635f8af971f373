const patienceMs = 10_000

/**
 * Waits for an answer of the host's code, but not for ever: a request must end.
 *
 * @throws when there is none within 10 seconds.
 */
export async function inTime<T>(name: string, answer: T | PromiseLike<T>): Promise<T> {
  // An answer that is there already needs no timer.
  if (typeof answer !== 'object' || answer === null || !('then' in answer)) return answer
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
