import { availableParallelism } from 'node:os'
import { setImmediate as otherWork } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { TooBusyError } from '../../src/errors/index.js'
import { createHashingQueue, defaultHashingLimits } from '../../src/passwords/hashing-queue.js'

/** A task that runs until it is told to end. */
function heldTask() {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  let isStarted = false
  const run = () => {
    isStarted = true
    return promise
  }
  return { run, resolve: () => resolve(), isStarted: () => isStarted }
}

test('never more tasks run at once than may, and all of them run', async () => {
  const queue = createHashingQueue({ concurrency: 3, maxWaiting: 100 })
  let running = 0
  let most = 0
  const results = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      queue.run(async () => {
        most = Math.max(most, ++running)
        await otherWork()
        running--
        return n
      }),
    ),
  )
  expect(most).toBe(3)
  expect(results).toEqual(Array.from({ length: 50 }, (_, n) => n))
})

test('who came first is served first [B-43]', async () => {
  const queue = createHashingQueue({ concurrency: 2, maxWaiting: 100 })
  const order: number[] = []
  const tasks = Array.from({ length: 20 }, (_, n) =>
    queue.run(async () => {
      order.push(n)
      await otherWork()
    }),
  )
  await Promise.all(tasks)
  expect(order).toEqual(order.toSorted((a, b) => a - b))
})

test('one more than may run and wait is refused at once, and those before are served [B-43]', async () => {
  const queue = createHashingQueue({ concurrency: 2, maxWaiting: 3 })
  const held = Array.from({ length: 5 }, heldTask)
  const running = held.map(({ run }) => queue.run(run))
  const late = heldTask()
  await expect(queue.run(late.run)).rejects.toThrow(TooBusyError)
  expect(late.isStarted()).toBe(false)
  for (const { resolve } of held) resolve()
  await Promise.all(running)
  await expect(queue.run(async () => 'served')).resolves.toBe('served')
})

test('a queue in which nobody may wait still runs as many as may run', async () => {
  const queue = createHashingQueue({ concurrency: 1, maxWaiting: 0 })
  const held = heldTask()
  const running = queue.run(held.run)
  await expect(queue.run(async () => 1)).rejects.toThrow(TooBusyError)
  held.resolve()
  await running
  await expect(queue.run(async () => 1)).resolves.toBe(1)
})

test('a task that fails, or throws before its first promise, gives its turn back [B-43]', async () => {
  const queue = createHashingQueue({ concurrency: 1, maxWaiting: 1 })
  await expect(queue.run(() => Promise.reject(new Error('later')))).rejects.toThrow('later')
  const broken = () => {
    throw new Error('at once')
  }
  await expect(queue.run(broken)).rejects.toThrow('at once')
  await expect(queue.run(async () => 'fine')).resolves.toBe('fine')
})

test('who is aborted already does no work and takes no turn [B-44]', async () => {
  const queue = createHashingQueue({ concurrency: 1, maxWaiting: 0 })
  const task = heldTask()
  const reason = new Error('too late')
  await expect(queue.run(task.run, AbortSignal.abort(reason))).rejects.toBe(reason)
  expect(task.isStarted()).toBe(false)
  await expect(queue.run(async () => 1)).resolves.toBe(1)
})

/** A signal that counts who listens to it. */
function countedSignal() {
  const controller = new AbortController()
  const { signal } = controller
  let listeners = 0
  const add = signal.addEventListener.bind(signal)
  const remove = signal.removeEventListener.bind(signal)
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listeners++
    add(...args)
  }
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    listeners--
    remove(...args)
  }
  return { controller, signal, listeners: () => listeners }
}

test('who is aborted while waiting leaves at once, never runs, and leaves its place to others [B-44]', async () => {
  const queue = createHashingQueue({ concurrency: 1, maxWaiting: 1 })
  const first = heldTask()
  const running = queue.run(first.run)
  const waiter = heldTask()
  const { controller, signal } = countedSignal()
  const waiting = queue.run(waiter.run, signal)
  await expect(queue.run(async () => 'no room')).rejects.toThrow(TooBusyError)
  const reason = new Error('changed my mind')
  controller.abort(reason)
  await expect(waiting).rejects.toBe(reason)
  const next = queue.run(async () => 'next')
  first.resolve()
  await running
  await expect(next).resolves.toBe('next')
  expect(waiter.isStarted()).toBe(false)
})

test('a signal that outlives the task has no listener left [B-44]', async () => {
  const queue = createHashingQueue({ concurrency: 1, maxWaiting: 10 })
  const { signal, listeners } = countedSignal()
  await Promise.all(Array.from({ length: 5 }, () => queue.run(otherWork, signal)))
  expect(listeners()).toBe(0)
})

test('10,000 tasks that succeed, fail and are aborted leave the queue as it was [B-43]', async () => {
  const concurrency = 4
  const queue = createHashingQueue({ concurrency, maxWaiting: 10_000 })
  let running = 0
  let most = 0
  const task = (n: number) => async () => {
    most = Math.max(most, ++running)
    if (n % 7 === 0) await otherWork()
    running--
    if (n % 3 === 0) throw new Error('failed')
    return n
  }
  const tasks = Array.from({ length: 10_000 }, (_, n) => {
    const controller = new AbortController()
    const done = queue.run(task(n), controller.signal)
    if (n % 5 === 0) queueMicrotask(() => controller.abort(new Error('aborted')))
    if (n % 11 === 0) setImmediate(() => controller.abort(new Error('aborted')))
    return done
  })
  const results = await Promise.allSettled(tasks)
  expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['fulfilled', 'rejected']))
  expect(running).toBe(0)
  expect(most).toBe(concurrency)
  // As many as may run do so at once: no turn was lost, and none was made up.
  const held = Array.from({ length: concurrency + 1 }, heldTask)
  const again = held.map(({ run }) => queue.run(run))
  await otherWork()
  expect(held.map(({ isStarted }) => isStarted())).toEqual([true, true, true, true, false])
  for (const { resolve } of held) resolve()
  await Promise.all(again)
})

test.each([
  [1, 1],
  [2, 1],
  [4, Math.min(availableParallelism() + 1, 3)],
  [8, Math.min(availableParallelism() + 1, 7)],
])('with %i threads of libuv, hashing leaves one for the host where it can', (threads, concurrency) => {
  expect(defaultHashingLimits(threads)).toEqual({ concurrency, maxWaiting: 1000 })
})
