import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'

/** Has a thread close its connection, and waits for its end. */
export async function endWorker(worker: Worker): Promise<void> {
  worker.ref()
  const exit = once(worker, 'exit').catch(() => {})
  worker.postMessage('close')
  await exit
}
