import type { UserRecord } from '../../../src/domain/user.js'
import type { StorageMutant } from '../mutant.js'
import { later } from './misreading.js'

/** Faults in sessions and in sweeps. */
export const sessionMutants: readonly StorageMutant[] = [
  {
    fault: 'lists sessions of every epoch',
    killedBy: 'listSessions leaves out sessions of another epoch, earlier and later',
    alter: ({ listSessions }) => ({
      async listSessions(userId, range) {
        const pages = await Promise.all(
          [0, 1, 2].map((sessionEpoch) => listSessions(userId, { ...range, sessionEpoch })),
        )
        return { items: pages.flatMap(({ items }) => items) }
      },
    }),
  },
  {
    fault: 'lists a session at the moment in which it expires',
    killedBy: 'listSessions leaves out a session that expires at expiresAfter exactly',
    alter: ({ listSessions }) => ({
      listSessions: (userId, range) => listSessions(userId, { ...range, expiresAfter: later(range.expiresAfter, -1) }),
    }),
  },
  {
    fault: 'shows a session with the user of the day when it was first looked at',
    killedBy: 'findSession has the user as the last replaceUser left them',
    alter({ findSession, commit }) {
      const users = new Map<string, UserRecord>()
      return {
        async commit(changes) {
          await commit(changes)
          for (const change of changes)
            if (change.op === 'insertUser') users.set(change.user.id, structuredClone(change.user))
        },
        async findSession(secretHash) {
          const found = await findSession(secretHash)
          return found && { ...found, user: structuredClone(users.get(found.user.id) ?? found.user) }
        },
      }
    },
  },
  {
    fault: 'deletes a session of another user',
    killedBy: 'deleteSession refuses a session of another user, also for a user who is not there',
    alter({ commit }) {
      const owners = new Map<string, string>()
      return {
        async commit(changes) {
          for (const { op, ...change } of changes)
            if ('session' in change) owners.set(change.session.id, change.session.userId)
          await commit(
            changes.map((change) =>
              change.op === 'deleteSession' ? { ...change, userId: owners.get(change.sessionId) ?? '' } : change,
            ),
          )
        },
      }
    },
  },
  {
    fault: 'keeps the oldest sessions instead of the newest',
    killedBy: 'keepNewestSessions deletes all but the newest of the user, and none of others',
    alter({ commit, findSession }) {
      const started: { userId: string; id: string; secretHash: string }[] = []
      return {
        async commit(changes) {
          for (const change of changes) {
            if (change.op === 'insertSession') started.push(change.session)
            if (change.op !== 'keepNewestSessions') await commit([change])
            else {
              const mine = started.filter(({ userId }) => userId === change.userId)
              const alive = await Promise.all(mine.map(({ secretHash }) => findSession(secretHash)))
              const tooMany = mine.filter((_, index) => alive[index]).slice(change.keep)
              await commit(tooMany.map(({ userId, id }) => ({ op: 'deleteSession', userId, sessionId: id })))
            }
          }
        },
      }
    },
  },
  {
    fault: 'sweeps activity of the very moment',
    killedBy: 'a sweep takes activity before the moment, and none at it or later',
    alter: ({ sweep }) => ({
      sweep: ({ activityBefore, ...request }) =>
        sweep(activityBefore ? { ...request, activityBefore: later(activityBefore, 1) } : request),
    }),
  },
  {
    fault: 'sweeps all at once',
    killedBy: 'a step takes at most limit rows, sessions and activity together',
    alter: ({ sweep }) => ({ sweep: (request) => sweep({ ...request, limit: 1e6 }) }),
  },
]
