import assert from 'node:assert/strict'
import type { UserRecord } from '../../domain/user.js'
import { aUserRecord } from './builders.js'
import { given } from './changes.js'
import type { ContractCase } from './contract-case.js'
import { userIds } from './walks.js'

const special: Readonly<Record<string, readonly string[]>> = {
  'the wildcards of LIKE': ['%', '_'],
  'the wildcards of GLOB': ['*', '?', '[a]', '[^a]'],
  backslashes: ['\\', '\\\\', '\\%'],
  quotes: ["'", '"', '`', "''", '""'],
  'the operators of regular expressions': ['.', '.*', '^', '$', '(', ')', '|', '+', '{', '}', ']'],
  'the operators of full-text queries': ['-', '&', '!', ':', '<->', ';--', '@', '~', '#'],
}

const queries = [
  'alice or',
  'alice and bob',
  'AND',
  'OR',
  'NOT',
  'near(',
  'NEAR(a b, 2)',
  'email:',
  'name:alice',
  'alice*',
  '* ',
  '^alice',
  '"alice',
  '"alice"',
  'a-b',
  'a@b.c',
  "o'brien",
  "' or 1=1 --",
  'a & b',
  'a | !b',
  'a <-> b',
  'col:*',
  '{a b}',
  '%%',
  '__',
  'a\\',
  '100%',
]

function named(id: string, name: string): UserRecord {
  return aUserRecord({ id, searchText: `${name}\n\n${id}` })
}

/** A search takes every character as it is. */
export const searchLiteralCases: readonly ContractCase[] = [
  ...Object.entries(special).map(
    ([kind, texts]): ContractCase => ({
      name: `a search takes ${kind} as they are [B-72]`,
      async run(storage) {
        for (const [index, text] of texts.entries()) {
          // Under a mark of its own, so that one text cannot match what another one stored.
          const x = `x${index}`
          const users = [`${x}${text}y`, `${x}zy`, `${x}y`, `${x}zzy`, `${x}ay`].map((name, n) =>
            named(`${x}n${n}`, name),
          )
          await given(storage, { users })
          assert.deepEqual(await userIds(storage, `${x}${text}y`), [`${x}n0`], text)
          assert.deepEqual(await userIds(storage, `${x}${text}`), [`${x}n0`], text)
          assert.deepEqual(await userIds(storage, `${x}${text}${text}y`), [], text)
          assert.ok((await userIds(storage, text)).includes(`${x}n0`), text)
          assert.ok(!(await userIds(storage, `${text}y`)).includes(`${x}n1`), text)
        }
      },
    }),
  ),
  {
    name: 'a search takes the syntax of query languages as it is [B-73]',
    async run(storage) {
      await given(storage, { users: queries.map((text, index) => named(`${index}`, `<${text}>`)) })
      for (const [index, text] of queries.entries()) {
        assert.deepEqual(await userIds(storage, `<${text}>`), [`${index}`], text)
        assert.ok((await userIds(storage, text)).includes(`${index}`), text)
        assert.deepEqual(await userIds(storage, `no ${text}`), [], text)
      }
    },
  },
]
