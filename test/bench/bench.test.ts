import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'

const run = promisify(execFile)

const quick = ['--users', '200', '--rounds', '1', '--warm', '0']
// Of each table some options that make it small, and what its rows must tell of.
const tables: Record<string, { readonly options: readonly string[]; readonly rows: readonly string[] }> = {
  operations: { options: quick, rows: ['getUser', 'listUsers, search, rare term', 'deleteUserSessions', 'argon2id'] },
  search: { options: [...quick, '--terms', '10', '--walks', '2'], rows: ['3 characters', '1 and 2', 'one letter'] },
  pages: { options: quick, rows: ['oldest-first: first page', 'newest-first: last page', 'by `after`'] },
  tails: { options: [...quick, '--inserts', '20'], rows: ['with the search index', 'the driver alone'] },
  peers: { options: quick, rows: ['get a user', 'verify a session', 'block and unblock'] },
  http: { options: [...quick, '--slice', '20'], rows: ['rollbook on Express 5', 'node:http', 'better-auth'] },
  growth: { options: ['--sizes', '100,200', '--rounds', '1', '--warm', '0'], rows: ['getUser', 'createUser'] },
  refusals: { options: quick, rows: ['wrong password', 'unknown email', 'blocked user', 'without a password'] },
}

async function bench(...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, ['bench/run.js', ...args])
  return stdout
}

describe('each table of the benchmark', () => {
  test.each(Object.entries(tables))('%s ends well and has its rows', { timeout: 60_000 }, async (name, table) => {
    const printed = await bench(name, ...table.options)
    const firstCells = printed.split('\n').map((line) => line.split(' | ')[0])
    for (const row of table.rows) expect(firstCells.filter((cell) => cell?.includes(row))).not.toEqual([])
  })
})

describe('the command line of the benchmark', () => {
  test('the table of operations is printed when none is named, and as JSON when that is asked for', async () => {
    const printed = await bench(...quick, '--only', 'getUserPrefs', '--storage', 'memory', '--json')
    const { table, results } = JSON.parse(printed)
    expect(table).toBe('operations')
    expect(results[0].rows[0].ratio).toBeGreaterThan(0)
  })

  test('an unknown table is refused with the names of those there are', async () => {
    await expect(bench('speed')).rejects.toThrow(/no table speed: operations, search/)
  })

  test('an option that is out of its range is refused by its name', async () => {
    await expect(bench('--users', '5')).rejects.toThrow(/--users must be a whole number from 100/)
  })
})
