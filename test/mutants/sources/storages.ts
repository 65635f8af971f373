import type { SourceMutant } from '../mutant.js'

export const storageMutants: readonly SourceMutant[] = [
  {
    fault: 'a session may be ended through another user',
    file: 'adapters/sql/kinds/sessions.ts',
    within: 'deleteSession',
    code: `$QUERY.where('user_id', '=', $_)`,
    becomes: '$QUERY',
    killedBy: { file: 'test/service/sessions.test.ts', test: 'a session of another user counts as none, and stays' },
  },
  {
    fault: 'the index does not hear of a new name',
    file: 'adapters/sqlite/search/index-schema.ts',
    within: 'deferrableIndex',
    text: `      \${removed}
      \${added}
`,
    becomes: `      \${removed}
`,
    killedBy: { file: 'test/adapters/sqlite/search.test.ts', test: 'is changed with the row, by whoever changes it' },
  },
  {
    fault: 'a user who is still to be indexed is taken out of the index',
    file: 'adapters/sqlite/search/index-schema.ts',
    within: 'deferrableIndex',
    text: ` and \${isIndexed('old')} begin`,
    becomes: ' begin',
    killedBy: {
      file: 'test/adapters/sqlite/search.test.ts',
      test: 'has the users of one commit as they are at its end',
    },
  },
  {
    fault: 'users who sign up at once are still to be indexed when they are told of it',
    file: 'adapters/sqlite/search/upkeep.ts',
    code: 'runner(execute(statements.indexDeferred, {}))',
    becomes: '',
    killedBy: { file: 'test/adapters/sqlite/search.test.ts', test: 'gets the users of a transaction as one segment' },
  },
  {
    fault: 'a deletion leaves the sessions',
    file: 'adapters/memory/apply.ts',
    code: 'for (const kind of ownedKinds) removeOfUser(kind, change.userId)',
    becomes: '',
    killedBy: { file: 'test/adapters/storage-contract.test.ts', test: 'memory' },
  },
  {
    fault: 'the id of a deleted user is given again',
    file: 'adapters/sql/apply.ts',
    code: `isThere || (yield* selectOne(statements.findTombstone, user))`,
    becomes: 'isThere',
    killedBy: { file: 'test/service/delete-user.test.ts', test: 'reserves the id and frees the email' },
  },
  {
    fault: 'a lost update: the version is not compared',
    file: 'adapters/sql/kinds/users.ts',
    within: 'replaceUser',
    code: `$QUERY.where('version', '=', $_)`,
    becomes: '$QUERY',
    killedBy: { file: 'test/adapters/storage-contract.test.ts', test: 'sqliteStorage in memory' },
  },
  {
    fault: 'no more sessions are kept than one',
    file: 'adapters/sql/kinds/sessions.ts',
    within: 'keepNewestSessions',
    code: '$QUERY.offset($_)',
    becomes: '$QUERY.offset(1)',
    killedBy: { file: 'test/service/sessions.test.ts', test: 'the oldest session ends when the 101st starts' },
  },
  {
    fault: 'a conflict in a group is told to nobody',
    file: 'adapters/sqlite/commit/group-commit.ts',
    code: 'if (conflict) reject(conflict)',
    becomes: 'if (conflict) resolve()',
    killedBy: {
      file: 'test/adapters/sqlite/group-commit/model.test.ts',
      test: 'commits that wait at the same time end each as they would have alone',
    },
  },
  {
    fault: 'a group is acknowledged before it is committed',
    file: 'adapters/sqlite/commit/group-commit.ts',
    code: 'if (waiting.push({ changes, resolve, reject }) === 1) schedule()',
    becomes: `if (waiting.push({ changes, resolve, reject }) === 1) schedule()
        resolve()`,
    killedBy: {
      file: 'test/adapters/sqlite/group-commit/sharing.test.ts',
      test: 'are told of a success only after the transaction is committed',
    },
  },
  {
    fault: 'the counts that offsets are found by do not hear of a deletion',
    file: 'adapters/sqlite/search/index-schema.ts',
    within: 'deferrableIndex',
    text: 'set users = users - 1 where',
    becomes: 'set users = users where',
    killedBy: {
      file: 'test/adapters/sqlite/search.test.ts',
      test: 'any offset answers the same as a slice of all users, in both orders, whoever is missing',
    },
  },
  {
    fault: 'memory shares its records with the caller',
    file: 'src/domain/copy-of.ts',
    code: `if (typeof value !== 'object' || value === null) return value`,
    becomes: 'if (value !== undefined) return value',
    killedBy: { file: 'test/adapters/storage-contract.test.ts', test: 'memory' },
  },
  {
    fault: 'memory keeps the half of a commit that fails',
    file: 'adapters/memory/memory-storage.ts',
    code: 'journal.undo()',
    becomes: '',
    killedBy: { file: 'test/adapters/storage-contract.test.ts', test: 'memory' },
  },
  {
    fault: 'a sweep ends sessions that have not expired',
    file: 'adapters/sql/kinds/index.ts',
    text: 'sql`<` : sql`<=`',
    becomes: 'sql`<` : sql`>=`',
    killedBy: { file: 'test/service/sweep.test.ts', test: 'deletes the sessions that are expired and no other' },
  },
]
