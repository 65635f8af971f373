import { expect, test } from 'vitest'
import { commonPasswords } from '../../src/passwords/common-passwords.js'
import { refuseCommonPasswords } from '../../src/passwords/refuse-common-passwords.js'
import { createTestUsers } from '../../src/testing/index.js'

const refuse = refuseCommonPasswords()
const ada = { email: 'ada.lovelace@example.com', name: 'Ada Lovelace' }

test('the list holds 3,000 different passwords that could be accepted otherwise', () => {
  const list = commonPasswords.trim().split(/\s/)
  expect(new Set(list).size).toBe(3000)
  expect(list.every((password) => password.length >= 8)).toBe(true)
})

test.each(['password', 'Password', 'ｐａｓｓｗｏｒｄ', '12345678', '１２３４５６７８', 'qwertyuiop'])(
  '%s is refused as common [B-48]',
  async (password) => {
    expect(await refuse(password, ada)).toBe('is one of the most common passwords')
  },
)

test.each(['ada.lovelace', 'i-am-LOVELACE-1815'])('%s is refused as the name of its user [B-48]', async (password) => {
  expect(await refuse(password, ada)).toBe('must not contain the name or the email')
})

test.each([
  ['José', 'jose'],
  ['José', 'josé'.normalize('NFD')],
  ['José'.normalize('NFD'), 'JOSÉ'],
  ['Łukasz', 'lukasz'],
  ['김철수철', '김철수철'.normalize('NFD')],
  ['Ｊｏｓｅ', 'josé'],
])('the name of %s is found in a password with %s, however they are spelt [B-160]', async (name, part) => {
  expect(await refuse(`my-${part}-1815`, { name, email: 'x@example.com' })).toBe(
    'must not contain the name or the email',
  )
})

test('what of a name is short, or nothing without its marks, is not looked for [B-160]', async () => {
  for (const name of ['Zoé'.normalize('NFD'), 'a\u0301\u0302\u0303\u0304', '\ufe0f'.repeat(5), '김철수']) {
    expect(await refuse('zoe: a 김철수, is short', { name, email: 'x@example.com' })).toBeUndefined()
  }
})

test('a policy of the host is asked about the form that is hashed [B-160]', async () => {
  const asked: string[] = []
  const { users } = createTestUsers({
    passwordPolicy: {
      refuse: (password) => {
        asked.push(password)
        return undefined
      },
    },
  })
  const { id } = await users.createUser({ email: 'a@example.com', password: 'correct hörse'.normalize('NFD') })
  await users.updateUserPassword(id, { password: 'battery stäple'.normalize('NFD') })
  expect(asked).toEqual(['correct hörse', 'battery stäple'])
})

test.each(['correct horse', 'ada is short'])('one that is neither is accepted (%#)', async (password) => {
  expect(await refuse(password, ada)).toBeUndefined()
})

test('a service with this policy tells why, and creates nobody [B-48]', async () => {
  const { users } = createTestUsers({ passwordPolicy: { refuse } })
  await expect(users.createUser({ email: 'a@example.com', password: 'password' })).rejects.toMatchObject({
    code: 'invalid-input',
    path: 'password',
    issues: [{ message: 'is one of the most common passwords' }],
  })
  expect((await users.listUsers({ total: true })).total).toBe(0)
})
