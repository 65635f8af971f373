import { memoryStorage } from '../../../adapters/memory/index.js'
import type { UserRecord } from '../../../src/domain/user.js'
import { StorageConflict } from '../../../src/errors/index.js'
import type { Change } from '../../../src/ports/storage.js'
import type { StorageMutant } from '../mutant.js'
import { later, misreading, userOf } from './misreading.js'

/** Faults in commits and in what is kept of a record. */
export const recordMutants: readonly StorageMutant[] = [
  {
    fault: 'ignores the expected version and so loses updates',
    killedBy: 'replaceUser refuses a version that is not the one stored',
    alter: misreading(async (change, { findUser }) => {
      if (change.op !== 'replaceUser') return change
      const user = await findUser({ id: change.user.id })
      return user ? { ...change, expectedVersion: user.version } : change
    }),
  },
  {
    fault: 'lets two users have one email',
    killedBy: 'insertUser refuses an email that another user has',
    alter: ({ commit }) => ({
      async commit(changes) {
        try {
          await commit(changes)
        } catch (error) {
          if (!(error instanceof StorageConflict && error.reason === 'email-taken')) throw error
          const apart = ({ emailKey, id, ...user }: UserRecord) => ({ ...user, id, emailKey: `${emailKey} ${id}` })
          await commit(
            changes.map((change) => (change.op === 'insertUser' ? { ...change, user: apart(change.user) } : change)),
          )
        }
      },
    }),
  },
  {
    fault: 'takes ids of another letter case for the same',
    killedBy: 'ids that differ in letter case or in an accent are different ids',
    alter: ({ findUser }) => ({ findUser: (by) => findUser('id' in by ? { id: by.id.toLowerCase() } : by) }),
  },
  {
    fault: 'merges preferences into the old ones',
    killedBy: 'replaceUser puts the whole record in the place of the old one',
    alter: misreading(async (change, { findUser }) => {
      if (change.op !== 'replaceUser') return change
      const before = await findUser({ id: change.user.id })
      return { ...change, user: { ...change.user, prefs: { ...before?.prefs, ...change.user.prefs } } }
    }),
  },
  {
    fault: 'gives out one object to all who ask',
    killedBy: 'what a caller does to the result of findUser by id changes nothing',
    alter({ findUser }) {
      const shown = new Map<string, UserRecord>()
      return {
        async findUser(by) {
          const user = await findUser(by)
          if (!user) return undefined
          const shared = shown.get(`${user.id} ${user.version}`) ?? user
          shown.set(`${user.id} ${user.version}`, shared)
          return shared
        },
      }
    },
  },
  {
    fault: 'keeps the objects that it was given',
    killedBy: 'what a caller does to the records of a commit afterwards changes nothing',
    alter({ commit, findUser }) {
      const given = new Map<string, UserRecord>()
      return {
        async commit(changes) {
          await commit(changes)
          for (const change of changes) if (change.op === 'insertUser') given.set(change.user.id, change.user)
        },
        async findUser(by) {
          const user = await findUser(by)
          return user?.version === 1 ? structuredClone(given.get(user.id)) : user
        },
      }
    },
  },
  {
    fault: 'applies changes one by one and takes none back',
    killedBy: 'a conflict in the last change takes back deleteUser',
    alter: ({ commit }) => ({
      async commit(changes) {
        for (const change of changes) await commit([change])
      },
    }),
  },
  {
    fault: 'writes the entries after the commit',
    killedBy: 'missing-user at the end takes back a commit of every op',
    alter: ({ commit }) => ({
      async commit(changes) {
        await commit(changes.filter(({ op }) => op !== 'appendActivity'))
        await commit(changes.filter(({ op }) => op === 'appendActivity'))
      },
    }),
  },
  {
    fault: 'forgets whom it deleted',
    killedBy: 'deleteUser reserves the id for ever, also across sweeps and within one commit',
    alter(first) {
      let storage = first
      let history: readonly Change[] = []
      return {
        async commit(changes) {
          await storage.commit(changes)
          history = [...history, ...changes]
          const deleted = changes.flatMap((change) => (change.op === 'deleteUser' ? [change.userId] : []))
          if (deleted.length === 0) return
          // A storage in which these users never were.
          history = history.filter((change) => !deleted.includes(userOf(change)))
          storage = memoryStorage()
          await storage.commit(history)
        },
        findUser: (by) => storage.findUser(by),
        listUsers: (query) => storage.listUsers(query),
        findSession: (secretHash) => storage.findSession(secretHash),
        listSessions: (userId, range) => storage.listSessions(userId, range),
        listActivity: (userId, range) => storage.listActivity(userId, range),
        sweep: (request) => storage.sweep(request),
      }
    },
  },
  {
    fault: 'drops entries about users who are not there',
    killedBy: 'appendActivity refuses an entry about a user who is not there',
    alter: ({ commit, findUser }) => ({
      async commit(changes) {
        const users = await Promise.all(changes.map((change) => findUser({ id: userOf(change) })))
        await commit(changes.filter((change, index) => change.op !== 'appendActivity' || users[index]))
      },
    }),
  },
  {
    fault: 'fills in the fields that an entry has not',
    killedBy: 'a field that an entry has not stays absent',
    alter: ({ listActivity }) => ({
      async listActivity(userId, range) {
        const page = await listActivity(userId, range)
        return { ...page, items: page.items.map((entry) => ({ actor: '', ...entry })) }
      },
    }),
  },
  {
    fault: 'keeps times to the second',
    killedBy: 'times are kept to the millisecond, also before 1970 and far ahead',
    alter: misreading((change) => {
      if (change.op !== 'insertUser') return change
      const createdAt = later(change.user.createdAt, -(change.user.createdAt.getTime() % 1000))
      return { ...change, user: { ...change.user, createdAt } }
    }),
  },
]
