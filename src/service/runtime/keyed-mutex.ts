/**
 * Runs a task for a key when all earlier tasks for that key have ended, and gives it the error that the last of them
 * ended with.
 */
export type KeyedMutex = <T>(key: string, task: (errorBefore?: unknown) => Promise<T>) => Promise<T>

/**
 * Creates a queue for each key, so that changes of one user do not race each other inside this process. (Those of other
 * processes meet in the version check of the storage.) A key without tasks costs no memory.
 */
export function createKeyedMutex(): KeyedMutex {
  const last = new Map<string, Promise<unknown>>()
  return async (key, task) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(() => task(), task)
    last.set(key, mine)
    try {
      return await mine
    } finally {
      if (last.get(key) === mine) last.delete(key)
    }
  }
}
