import { afterEach, describe, expect, test, vi } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { CommitOutcomeUnknownError, StorageFailedError, type UsersStorage } from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'

const ann = { email: 'ann@example.com', password: 'a long password' }
type Commit = UsersStorage['commit']

/** A storage whose first commits end as these do, given the true one. */
function losing(...ends: ((commit: Commit) => Commit)[]) {
  const storage = memoryStorage()
  const committed: Parameters<Commit>[0][] = []
  const losingStorage: UsersStorage = {
    ...storage,
    commit(changes) {
      committed.push(changes)
      return (ends.shift()?.(storage.commit) ?? storage.commit)(changes)
    },
  }
  return { storage: losingStorage, committed }
}

const lostAfter =
  (commit: Commit): Commit =>
  async (changes) => {
    await commit(changes)
    throw new CommitOutcomeUnknownError()
  }
const lostBefore = (): Commit => async () => {
  throw new CommitOutcomeUnknownError()
}
const away = (): Commit => async () => {
  throw new StorageFailedError('unreachable')
}

afterEach(() => {
  vi.useRealTimers()
})

describe('createUser, when the connection is lost during its commit,', () => {
  test.each([
    ['the commit was done', [lostAfter]],
    ['the commit was not done', [lostBefore]],
    ['it was done and the database stays away for a while', [lostAfter, away, away]],
    ['it was not done, and the next one is lost too', [lostBefore, lostAfter]],
  ])('answers the user, who is there once and told once: %s', async (_what, ends) => {
    const events: string[] = []
    const { storage, committed } = losing(...ends)
    const { users } = createTestUsers({ storage, onEvent: ({ event }) => void events.push(event) })
    const user = await users.createUser(ann)
    expect(await users.getUser(user.id)).toEqual(user)
    expect((await users.listUsers({ total: true })).total).toBe(1)
    expect((await users.getUserLogs(user.id)).items.map(({ event }) => event)).toEqual(['user.created'])
    await users.close()
    expect(events).toEqual(['user.created'])
    // The same ids and times in every attempt.
    const attempts = committed.filter(([change]) => change?.op === 'insertUser')
    for (const changes of attempts) expect(changes).toEqual(committed[0])
  })

  test('does not take what it can read for kept: a write after it has to end well first [B-135]', async () => {
    const asIs = (commit: Commit): Commit => commit
    const { storage, committed } = losing(lostAfter, asIs, lostBefore, asIs, lostAfter)
    const { users } = createTestUsers({ storage })
    const user = await users.createUser(ann)
    const attempt = ['insertUser', 'replaceUser']
    expect(committed.map(([change]) => change?.op)).toEqual(['insertUser', ...attempt, ...attempt, ...attempt])
    expect(await users.getUser(user.id)).toEqual(user)
  })

  test('finds its user also when somebody changes that one at the same moment [B-135]', async () => {
    const changedFirst =
      (commit: Commit): Commit =>
      async (changes) => {
        const [change] = changes
        if (change?.op !== 'replaceUser') throw new Error('a write after it was due')
        const name = 'Changed'
        await commit([{ ...change, user: { ...change.user, name, version: change.expectedVersion + 1 } }])
        return commit(changes)
      }
    const { storage } = losing(lostAfter, (commit) => commit, changedFirst)
    const { users } = createTestUsers({ storage })
    const { id } = await users.createUser(ann)
    expect((await users.getUser(id)).name).toBe('Changed')
  })

  test('refuses an email that somebody else has taken meanwhile', async () => {
    const { storage } = losing((commit) => async (changes) => {
      await commit(
        changes
          .map((change) => (change.op === 'insertUser' ? { ...change, user: { ...change.user, id: 'other' } } : change))
          .slice(0, 1),
      )
      throw new CommitOutcomeUnknownError()
    })
    const { users } = createTestUsers({ storage })
    await expect(users.createUser(ann)).rejects.toMatchObject({ code: 'email-taken' })
  })

  test('takes another id when somebody else has taken the first one meanwhile', async () => {
    const { storage } = losing((commit) => async (changes) => {
      const stranger = { email: 'x@example.com', emailKey: 'x@example.com' }
      await commit(
        changes
          .map((change) => (change.op === 'insertUser' ? { ...change, user: { ...change.user, ...stranger } } : change))
          .slice(0, 1),
      )
      throw new CommitOutcomeUnknownError()
    })
    const { users } = createTestUsers({ storage })
    const user = await users.createUser(ann)
    expect((await users.listUsers()).items.map(({ email }) => email)).toEqual(['x@example.com', 'ann@example.com'])
    expect((await users.getUser(user.id)).email).toBe('ann@example.com')
  })

  test('says that the outcome is unknown when the database does not come back in time [B-105]', async () => {
    const { storage } = losing(lostAfter, ...Array.from({ length: 1000 }, () => away))
    const { users } = createTestUsers({ storage })
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] })
    const failed = expect(users.createUser(ann)).rejects.toMatchObject({ code: 'commit-outcome-unknown' })
    await vi.advanceTimersByTimeAsync(10_000)
    await failed
  })
})

test('any other operation says that the outcome is unknown, and does nothing twice [B-105]', async () => {
  const { storage, committed } = losing((commit) => commit, lostAfter)
  const { users } = createTestUsers({ storage })
  const { id } = await users.createUser(ann)
  await expect(users.updateUserName(id, { name: 'Ann' })).rejects.toMatchObject({ code: 'commit-outcome-unknown' })
  expect(committed.length).toBe(2)
  expect((await users.getUser(id)).name).toBe('Ann')
})
