import { expect, test } from 'vitest'
import { argon2id, type PasswordHasher } from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'

/** Notes the hashes that are checked. */
function noting(hasher: PasswordHasher) {
  const checked: string[] = []
  const verify: PasswordHasher['verify'] = (hash, password) => {
    checked.push(hash)
    return hasher.verify(hash, password)
  }
  return { ...hasher, verify, checked }
}

test.each([{}, { memoryCost: 12_288, timeCost: 3 }])(
  'where there is no hash, one of the cost %j of now is checked, which nobody knows the password of [B-40]',
  async (cost) => {
    const hasher = argon2id(cost)
    const passwords = noting(hasher)
    const { users } = createTestUsers({ passwords })
    await users.createUser({ email: 'without@example.com' })
    for (const email of ['nobody@example.com', 'without@example.com']) {
      for (const password of ['', 'correct horse']) {
        await expect(users.signIn({ email, password })).rejects.toMatchObject({ code: 'invalid-credentials' })
      }
    }
    expect(passwords.checked).toHaveLength(4)
    expect(new Set(passwords.checked).size).toBe(1)
    for (const hash of passwords.checked) expect(hasher.needsRehash(hash)).toBe(false)
  },
)
