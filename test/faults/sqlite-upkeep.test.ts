import { expect, test } from 'vitest'
import { UsersError } from '../../src/index.js'
import { injectionAt } from './database.js'
import { isUpkeep } from './every-statement.js'
import { outcomeOf } from './laws.js'
import { faultySqlite } from './sqlite.js'
import { serviceOver } from './world.js'

test('a merge of the search index that fails takes back the commit that it is a part of [B-92]', async () => {
  const database = await faultySqlite(':memory:')
  const renamed = async (name: string) => serviceOver(database.storage).users.updateUserName('ada', { name })
  let name = 0
  const nextMerge = async () => {
    const { statements } = await database.watch(() => renamed(`${++name}`))
    return statements.findIndex(isUpkeep) >= 0 ? statements : undefined
  }
  let statements = await nextMerge()
  while (!statements) statements = await nextMerge()
  const merge = statements.findIndex(isUpkeep)
  for (const fault of database.faultsOf(statements[merge] ?? '', true)) {
    // The merge is in every fourth commit, and those that fail count too.
    for (let before = 0; before < 3; before++) await renamed(`${++name}`)
    const contents = await database.contents()
    let error: unknown
    const { failures } = await database.watch(
      async () => {
        error = (await outcomeOf(() => renamed('not stored'))).error
      },
      injectionAt(statements, merge, fault),
    )
    expect(failures).toHaveLength(1)
    expect(UsersError.is(error) && error.code).toBe('storage-failed')
    database.requireAtRest()
    expect(await database.contents()).toEqual(contents)
  }
  await database.close()
})
