import { describe, expect, test } from 'vitest'
import { type SqlAnswers, sqlDialect } from '../../../adapters/sql/dialect.js'
import { createStatements } from '../../../adapters/sql/kinds/index.js'
import { refoldStatements } from '../../../adapters/sql/refold.js'
import type { Statement } from '../../../adapters/sql/statement.js'
import { storageContract } from '../../../src/testing/storage-contract/index.js'
import { listStatements, thirdAnswers, thirdStorage } from './third-database.js'

describe('a third database keeps the storage contract, with nothing but answers of its own', () => {
  storageContract({ test, create: () => thirdStorage('rollbook_') })
})

/** Every statement that all databases share, by its name. */
function compiled(answers: SqlAnswers, prefix = 'rollbook_'): readonly (readonly [name: string, Statement])[] {
  const dialect = sqlDialect(answers, { prefix })
  const { walk, sweep, deleteOfUser, ...others } = createStatements(dialect)
  const ofKinds = Object.entries({ walk, sweep, deleteOfUser }).flatMap(([name, statements]) =>
    Object.entries(statements).map(([kind, statement]): [string, Statement] => [`${name} ${kind}`, statement]),
  )
  return [...ofKinds, ...Object.entries({ ...others, ...refoldStatements(dialect) })]
}

describe('no statement has a word of another database', () => {
  test.each(compiled(thirdAnswers))('%s', (_, { sql }) => {
    expect(sql).toContain('`')
    expect(sql).not.toMatch(
      /["?$]|\bon (?:conflict|duplicate)\b|\bfor update\b|\bskip locked\b|\breturning\b|\bcast\b/i,
    )
    expect(sql).not.toMatch(/^delete (?:(?!\().)*\blimit\b/)
  })
})

describe('each answer is heard', () => {
  const named = (answers: Partial<SqlAnswers>) => Object.fromEntries(compiled({ ...thirdAnswers, ...answers }))

  test('rows are locked where they can be', () => {
    const { lockUser, progress } = named({ locksRows: true })
    expect(lockUser?.sql).toMatch(/ for update$/)
    expect(progress?.sql).toMatch(/ for update skip locked$/)
  })

  test('duplicates are ignored where they can be, and looked for elsewhere', () => {
    const inserts = ['insertUser', 'insertSession', 'insertTombstone']
    const ignoring = named({ ignoresDuplicates: true })
    const looking = named({ ignoresDuplicates: false })
    for (const insert of inserts) {
      expect(ignoring[insert]?.sql).toMatch(/ on conflict (?:\(`id`\) )?do nothing$/)
      expect(looking[insert]?.sql).toContain('not exists')
    }
  })

  test('a sweep limits its deletes where it can, and chooses its rows first elsewhere', () => {
    for (const name of ['sweep sessions', 'sweep activity']) {
      expect(named({ limitsDeletes: true })[name]?.sql).toMatch(/^delete from `\w+` where `\w+` <=? @p1 limit @p2$/)
      expect(named({ limitsDeletes: false })[name]?.sql).toContain('in (select seq')
    }
  })
})

describe('tables are named where the statement is compiled', () => {
  const hostile = ['a"b_', "a'b_", 'a`b_', '100%_', '$1_', '$&_', 'Upper_', 'rollbook_rollbook_', `p${'x'.repeat(29)}`]

  test.each(hostile)('the prefix %s', async (prefix) => {
    const storage = thirdStorage(prefix)
    await expect(storage.findUser({ id: 'nobody' })).resolves.toBeUndefined()
    const name = `\`${prefix.replaceAll('`', '``')}`
    for (const [, { sql }] of compiled(thirdAnswers, prefix)) {
      expect(sql).toContain(name)
      expect(sql.split(name).join('')).not.toContain('rollbook_')
    }
  })

  test('a schema stands in quotes of its own, and aliases and columns keep their names', () => {
    const dialect = sqlDialect(thirdAnswers, { schema: 'the app', prefix: 'own_' })
    const { findSession } = createStatements(dialect)
    expect(findSession.sql).toContain('from `the app`.`own_sessions` as `session`')
    expect(findSession.sql).toContain('`session`.`id` as `session_id`')
    expect(dialect.table('users')).toBe('`the app`.`own_users`')
    expect(dialect.name('users_search')).toBe('`own_users_search`')
  })

  test.each(Object.entries(listStatements(sqlDialect(thirdAnswers, { prefix: 'own_' })).page))(
    'users are listed %s',
    (_, { sql }) => expect(sql).toContain('from `own_users`'),
  )
})
