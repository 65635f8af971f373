import { expect, test } from 'vitest'
import { argon2id } from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'

// 256 characters, 1,024 bytes: the longest there is.
const stem = '😀'.repeat(255)

test.each([
  ['the last of 256 characters', `${stem}😀`, `${stem}😁`],
  ['the last byte of 256', `${'x'.repeat(255)}a`, `${'x'.repeat(255)}b`],
  ['byte 73', `${'x'.repeat(72)}a`, `${'x'.repeat(72)}b`],
  ['what follows a NUL', 'correct\0horse', 'correct\0house'],
  ['letter case', 'correct horse', 'Correct horse'],
  ['a space at the end', 'correct horse', 'correct horse '],
])('of two passwords that differ in %s each lets in its own user alone [B-36, B-37]', async (_, one, other) => {
  const { users } = createTestUsers({ passwords: argon2id() })
  await users.createUser({ email: 'one@example.com', password: one })
  await users.createUser({ email: 'other@example.com', password: other })
  for (const [name, right, wrong] of [
    ['one', one, other],
    ['other', other, one],
  ]) {
    const email = `${name}@example.com`
    await expect(users.verifyUserPassword({ email, password: right ?? '' })).resolves.toMatchObject({ email })
    const refused = users.verifyUserPassword({ email, password: wrong ?? '' })
    await expect(refused).rejects.toMatchObject({ code: 'invalid-credentials' })
  }
})
