import { expect, test, vi } from 'vitest'
import { onAbort, withTimeout } from '../../src/domain/abort.js'

test('work that ends in time gives its result, and its timer is cleared', async () => {
  vi.useFakeTimers()
  try {
    await expect(withTimeout(Promise.resolve('done'), 1000, () => 'late')).resolves.toBe('done')
    await expect(withTimeout(Promise.reject(new Error('down')), 1000, () => 'late')).rejects.toThrow('down')
    expect(vi.getTimerCount()).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})

test('work that does not end in time gives what onTimeout returns or throws, and its later error is ignored', async () => {
  vi.useFakeTimers()
  try {
    let reject = (_: Error) => {}
    const promise = new Promise<string>((_, fail) => {
      reject = fail
    })
    const late = withTimeout(promise, 1000, () => 'late')
    const thrown = withTimeout(promise, 1000, () => {
      throw new Error('too late')
    })
    const refused = expect(thrown).rejects.toThrow('too late')
    await vi.advanceTimersByTimeAsync(1000)
    await expect(late).resolves.toBe('late')
    await refused
    reject(new Error('down'))
    await Promise.resolve()
  } finally {
    vi.useRealTimers()
  }
})

test('a signal has one listener, however many wait for it, and none when nobody does', () => {
  const controller = new AbortController()
  const added = vi.spyOn(controller.signal, 'addEventListener')
  const removed = vi.spyOn(controller.signal, 'removeEventListener')
  const called: number[] = []
  const leave = [1, 2, 3].map((one) => onAbort(controller.signal, () => void called.push(one)))
  expect(added).toHaveBeenCalledTimes(1)
  leave[1]?.()
  controller.abort()
  expect(called).toEqual([1, 3])
  const again = new AbortController()
  const removedAgain = vi.spyOn(again.signal, 'removeEventListener')
  onAbort(again.signal, () => {})()
  expect(removedAgain).toHaveBeenCalledTimes(1)
  expect(removed).not.toHaveBeenCalled()
})
