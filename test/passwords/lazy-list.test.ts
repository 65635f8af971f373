import { expect, test } from 'vitest'
import { refuseCommonPasswords } from '../../src/passwords/refuse-common-passwords.js'
import { filesBelow, textOf } from '../repository/files.js'

test('the list of common passwords is loaded by the first password that asks for it, once and soon [B-48]', async () => {
  const mentions = filesBelow(['src', 'adapters'], '.ts').flatMap((file) =>
    textOf(file)
      .split('\n')
      .filter((line) => line.includes('common-passwords.js') && !line.includes('refuse-common-passwords.js'))
      .map((line) => `${file}: ${line.trim()}`),
  )
  // Nothing loads it together with itself.
  expect(mentions).toEqual([
    "src/passwords/refuse-common-passwords.ts: const { commonPasswords } = await import('./common-passwords.js')",
  ])
  const refuse = refuseCommonPasswords()
  const ada = { email: 'ada@example.com', name: 'Ada' }
  const start = performance.now()
  expect(await refuse('password', ada)).toBe('is one of the most common passwords')
  expect(performance.now() - start).toBeLessThan(1000)
  expect(await refuse('correct horse', ada)).toBeUndefined()
})
