import { afterAll, vi } from 'vitest'

// Test files share a process, so what one of them has put in the place of something is put back before the next.
afterAll(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})
