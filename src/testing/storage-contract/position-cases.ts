import assert from 'node:assert/strict'
import { limits } from '../../domain/limits.js'
import type { Page } from '../../domain/page.js'
import { UsersError } from '../../errors/index.js'
import { recordKinds } from '../../ports/kinds.js'
import type { UsersStorage } from '../../ports/storage.js'
import { aQuery, aRange, aSessionRange, aUserRecord } from './builders.js'
import { given, insertRecord } from './changes.js'
import type { ContractCase } from './contract-case.js'

type Part = { readonly limit: number; readonly after?: string }
type List = (storage: UsersStorage, part: Part) => Promise<Page<{ readonly id: string }>>

const lists: Readonly<Record<string, List>> = {
  'listUsers, oldest-first': (storage, part) => storage.listUsers(aQuery(part)),
  'listUsers, newest-first': (storage, part) => storage.listUsers(aQuery({ ...part, order: 'newest-first' })),
  'listUsers with a search': (storage, part) => storage.listUsers(aQuery({ ...part, match: 'example' })),
  'listUsers with a short search': (storage, part) => storage.listUsers(aQuery({ ...part, match: 'e' })),
  listSessions: (storage, part) => storage.listSessions('ann', aSessionRange(part)),
  listActivity: (storage, part) => storage.listActivity('ann', aRange(part)),
  ...Object.fromEntries(
    recordKinds.map((kind): [string, List] => [`a walk of ${kind}`, (storage, part) => storage.walk(kind, part)]),
  ),
}

// Made up, damaged on the way, or of a storage of another making.
const foreign = [
  ...['', ' ', '0', '-1', '1e3', '1.5', '0x10', ' 1', '1 ', '+1', '01', '٣', 'abc', 'null', 'NaN', 'Infinity'],
  ...['9'.repeat(100), 'a'.repeat(100_000), '{"after":1}', 'eyJhZnRlciI6MX0=', "1'; drop table users --", '%', '\0'],
]

async function aWorld(storage: UsersStorage): Promise<void> {
  await given(storage, { users: [aUserRecord({ id: 'ann' })] })
  for (const id of ['1', '2', '3']) {
    await storage.commit(recordKinds.map((kind) => insertRecord(kind, `${kind}-${id}`, 'ann')))
  }
}

/** Positions are a storage's own: it takes those that it gave, and refuses what it cannot have given. */
export const positionCases: readonly ContractCase[] = Object.entries(lists).flatMap(([name, list]): ContractCase[] => [
  {
    name: `${name} refuses a position that no page of it can have had, by the name of the field [B-71]`,
    async run(storage) {
      await aWorld(storage)
      const { next = '' } = await list(storage, { limit: 1 })
      for (const after of [...foreign, `${next} `, `x${next}`]) {
        const outcome = await list(storage, { limit: 1, after }).catch((error: unknown) => error)
        const isNamed = UsersError.is(outcome) && outcome.code === 'invalid-input' && outcome.path === 'after'
        assert.ok(isNamed, `the position ${JSON.stringify(after.slice(0, 40))} was not refused`)
      }
      assert.equal((await list(storage, { limit: 1, after: next })).items.length, 1)
    },
  },
  {
    name: `next of ${name} is a short text of printable ASCII, which a caller can carry anywhere`,
    async run(storage) {
      await aWorld(storage)
      const { next } = await list(storage, { limit: 1 })
      assert.match(next ?? '', /^[\x21-\x7e]+$/)
      assert.ok((next ?? '').length <= limits.positionLength, 'a position must not be too long')
    },
  },
])
