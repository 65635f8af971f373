import type { SourceMutant } from '../mutant.js'

export const serviceMutants: readonly SourceMutant[] = [
  {
    fault: 'a block leaves the sessions alive',
    file: 'src/service/operations/user-changes.ts',
    code: `return status === 'active' ? plan : { ...plan, endSessions: true }`,
    becomes: 'return plan',
    killedBy: { file: 'test/service/update-user.test.ts', test: 'ends all sessions at once, and for ever' },
  },
  {
    fault: 'a new password leaves the sessions alive',
    file: 'src/service/operations/user-changes.ts',
    within: 'updateUserPassword',
    code: '{ change: $CHANGE, entry: $ENTRY, endSessions: true }',
    becomes: '{ change: $CHANGE, entry: $ENTRY }',
    killedBy: {
      file: 'test/service/update-user.test.ts',
      test: 'a new password ends all sessions, and the old one lets nobody in',
    },
  },
  {
    fault: 'the epoch is not raised with a block, so a sign-in that is under way goes through',
    file: 'src/service/operations/user-changes.ts',
    code: 'endSessions ? nextEpoch(user.sessionEpoch) : user.sessionEpoch',
    becomes: 'user.sessionEpoch',
    killedBy: { file: 'test/service/rehash.test.ts', test: 'a password that is set during a rehash wins' },
  },
  {
    fault: 'the entry is written in a commit of its own, after the change',
    file: 'src/service/operations/user-changes.ts',
    code: `await core.commit([...changes, { op: 'appendActivity', activity }])`,
    becomes: `await core.commit(changes)
    await core.commit([{ op: 'appendActivity', activity }])`,
    killedBy: {
      file: 'test/service/activity-entries.test.ts',
      test: 'makes one commit, with one entry that tells who, from where and what',
    },
  },
  {
    fault: 'a change that meets another one is given up',
    file: 'src/service/core.ts',
    code: "() => withRetry('stale-user', attempt)",
    becomes: 'attempt',
    killedBy: {
      file: 'test/service/contention.test.ts',
      test: 'a change that finds the user changed meanwhile starts again from what is there',
    },
  },
  {
    fault: 'a session is alive at the very moment it expires',
    file: 'src/service/operations/sessions.ts',
    code: 'session.expiresAt > now',
    becomes: 'session.expiresAt >= now',
    killedBy: {
      file: 'test/service/session-expiry.test.ts',
      test: 'a session lives until a millisecond before it expires',
    },
  },
  {
    fault: 'the epoch of a session is not compared',
    file: 'src/service/operations/sessions.ts',
    code: 'session.sessionEpoch === user.sessionEpoch',
    becomes: 'true',
    killedBy: { file: 'test/service/rehash.test.ts', test: 'a password that is set during a rehash wins' },
  },
  {
    fault: 'an idle session verifies',
    file: 'src/service/operations/sessions.ts',
    code: '(idle === undefined || session.usedAt > idle)',
    becomes: 'true',
    killedBy: { file: 'test/service/session-expiry.test.ts', test: 'an idle session ends at exactly its timeout' },
  },
  {
    fault: 'a blocked user may start a session',
    file: 'src/service/operations/sessions.ts',
    code: `if (user.status !== 'active') throw new UserNotActiveError(user.id)`,
    becomes: '',
    killedBy: { file: 'test/service/update-user.test.ts', test: 'ends all sessions at once, and for ever' },
  },
  {
    fault: 'a blocked user signs in with the right password',
    file: 'src/service/operations/sign-in.ts',
    within: 'authenticate',
    code: "$WRONG || user.status !== 'active'",
    becomes: '$WRONG',
    killedBy: { file: 'test/service/refusals.test.ts', test: 'blocked' },
  },
  {
    fault: 'an unknown email costs no hash',
    file: 'src/service/operations/sign-in.ts',
    code: 'await core.passwordQueue.matches(user?.passwordHash, password, call.signal)',
    becomes: 'user !== undefined && (await core.passwordQueue.matches(user.passwordHash, password, call.signal))',
    killedBy: { file: 'test/service/refusals.test.ts', test: 'like every other, at the same cost' },
  },
  {
    fault: 'any password is right for a user without one',
    file: 'src/service/password-queue.ts',
    code: 'if (hash === undefined || !(same || sameAsTyped)) return undefined',
    becomes: `if (hash !== undefined && !(same || sameAsTyped)) return undefined
        if (hash === undefined) return { isOutdated: false }`,
    killedBy: { file: 'test/service/refusals.test.ts', test: 'password' },
  },
  {
    fault: 'a refused sign-in leaves no entry',
    file: 'src/service/operations/sign-in.ts',
    code: 'await recordRefusal(user, call)',
    becomes: '',
    killedBy: { file: 'test/service/refusals.test.ts', test: 'like every other, at the same cost' },
  },
  {
    fault: 'a rehash wins over a password set meanwhile',
    file: 'src/service/operations/sign-in.ts',
    code: 'if (current.passwordHash !== passwordHash) return',
    becomes: '',
    killedBy: { file: 'test/service/rehash.test.ts', test: 'a password that is set during a rehash wins' },
  },
  {
    fault: 'an aborted call writes its user all the same',
    file: 'src/service/operations/user-creation.ts',
    code: `    call.signal?.throwIfAborted()
`,
    becomes: '',
    killedBy: { file: 'test/service/abort.test.ts', test: 'createUser' },
  },
  {
    fault: 'an id that is taken is overwritten with a new user under another id, although it was chosen',
    file: 'src/service/operations/user-creation.ts',
    code: 'chosenId !== undefined || $ELSE',
    becomes: '$ELSE',
    killedBy: {
      file: 'test/service/create-user.test.ts',
      test: 'refuses a chosen id that is taken, also by a deleted user',
    },
  },
  {
    fault: 'the password hash is shown with the user',
    file: 'src/domain/user.ts',
    within: 'toUser',
    code: 'return { $$$FIELDS }',
    becomes: 'return { ...record, $FIELDS }',
    killedBy: {
      file: 'test/service/secrecy.test.ts',
      test: 'no result, error or event has a password, a hash or a secret in it',
    },
  },
  {
    fault: 'an email is unique by its letters as they were typed',
    file: 'src/domain/email.ts',
    code: 'local.toLowerCase()',
    becomes: 'local',
    killedBy: {
      file: 'test/service/create-user.test.ts',
      test: 'refuses an email that is taken in any spelling, before it hashes',
    },
  },
  {
    fault: 'prefs are replaced and not merged',
    file: 'src/domain/prefs.ts',
    code: 'new Map<string, JsonValue>(Object.entries(prefs))',
    becomes: 'new Map<string, JsonValue>()',
    killedBy: {
      file: 'test/domain/prefs.test.ts',
      test: 'a merge replaces the settings that are given, whole, and keeps the others',
    },
  },
  {
    fault: 'what was merged is shared with the caller',
    file: 'src/domain/json.ts',
    code: 'return JSON.parse(JSON.stringify(value)) as JsonObject',
    becomes: 'return value',
    killedBy: { file: 'test/domain/prefs.test.ts', test: 'nothing is shared with the caller' },
  },
  {
    fault: 'a hash may ask for hours of work',
    file: 'src/passwords/argon2id.ts',
    code: '$REST && memoryCost * timeCost <= $_',
    becomes: '$REST',
    killedBy: { file: 'test/passwords/hostile-hashes.test.ts', test: 'more memory times passes than is sane' },
  },
  {
    fault: 'waiting hashes have no bound',
    file: 'src/passwords/hashing-queue.ts',
    code: 'if (waiting.size >= maxWaiting) throw new TooBusyError()',
    becomes: '',
    killedBy: {
      file: 'test/passwords/hashing-queue.test.ts',
      test: 'one more than may run and wait is refused at once',
    },
  },
  {
    fault: 'a failed hash keeps its place in the queue',
    file: 'src/passwords/hashing-queue.ts',
    within: 'run',
    code: 'release()',
    becomes: '',
    killedBy: {
      file: 'test/passwords/hashing-queue.test.ts',
      test: 'a task that fails, or throws before its first promise, gives its turn back',
    },
  },
  {
    fault: 'a listener can change what others use',
    file: 'src/service/runtime/host-functions.ts',
    code: 'listener(copyOf(activity))',
    becomes: 'listener(activity)',
    killedBy: {
      file: 'test/service/events.test.ts',
      test: 'what the listener does to an entry changes nothing elsewhere',
    },
  },
  {
    fault: 'listeners hear of changes that were refused',
    file: 'src/service/core.ts',
    within: 'commitNow',
    code: 'await storage.commit(changes)',
    becomes: `{
      for (const change of changes) if (change.op === 'appendActivity') emit(change.activity)
      await storage.commit(changes)
    }`,
    killedBy: {
      file: 'test/service/activity-entries.test.ts',
      test: 'changes and tells nothing when its commit fails',
    },
  },
  {
    fault: 'a commit whose outcome is unknown is told as taken',
    file: 'src/service/runtime/retries.ts',
    within: 'attempt',
    code: '$REST || !(await wasApplied())',
    becomes: '$REST',
    killedBy: { file: 'test/service/unknown-outcome.test.ts', test: 'createUser' },
  },
  {
    fault: 'closing does not wait for what is running',
    file: 'src/service/runtime/gate.ts',
    code: 'if (running.size === 0) resolve()',
    becomes: 'resolve()',
    killedBy: { file: 'test/service/close.test.ts', test: 'a close waits for the last of the running operations' },
  },
]
