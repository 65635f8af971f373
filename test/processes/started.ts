import { type ForkOptions, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { onTestFinished } from 'vitest'

/** A process of a test, of the files beside this one. */
export interface TestProcess {
  send(message: string): void
  /** Sends a message, and answers the next one that comes back. */
  ask<Answer>(message: string): Promise<Answer>
  /** How it ended: a code, or the signal that it was killed with. */
  readonly ended: Promise<readonly [code: number | null, signal: string | null]>
  kill(): void
}

/** Starts a process and waits until it says that it is ready. Whatever becomes of the test, it ends with it. */
export async function started(name: string, args: readonly string[], options: ForkOptions = {}): Promise<TestProcess> {
  const child = fork(path.join(import.meta.dirname, name), args, { execArgv: [], ...options })
  const ended = once(child, 'exit') as Promise<[number | null, string | null]>
  onTestFinished(() => void child.kill('SIGKILL'))

  async function next<Answer>(): Promise<Answer> {
    const answered = once(child, 'message') as Promise<[Answer]>
    const failed = ended.then(([code]) => Promise.reject(new Error(`${name} ended without an answer: ${code}`)))
    return (await Promise.race([answered, failed]))[0]
  }
  await next()
  return {
    send: (message) => void child.send(message),
    ask(message) {
      child.send(message)
      return next()
    },
    ended,
    kill: () => void child.kill('SIGKILL'),
  }
}
