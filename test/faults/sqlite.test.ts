import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { eachOperationOn } from './each-operation.js'
import { faultySqlite } from './sqlite.js'

describe('in memory, when any statement fails, nothing is half done, and the caller is told the truth:', () => {
  eachOperationOn(() => faultySqlite(':memory:'))
})

// Every change takes some 20 s, most of it for the disk.
const onFile = ['createUser', 'deleteUser', 'signIn']

describe('on a file, where each commit waits for the disk, when any statement fails, nothing is half done:', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollbook-faults-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  eachOperationOn(
    () => faultySqlite(join(folder, 'users.db')),
    ({ name, reads }) => !reads && (onFile.includes(name) || process.env['ROLLBOOK_ROUNDS'] !== undefined),
  )
})
