import type { Page } from '../../src/domain/page.js'
import type { UserRecord } from '../../src/domain/user.js'
import { ClosedError } from '../../src/errors/index.js'
import type {
  Change,
  CloseOptions,
  SweepRequest,
  SweepResult,
  UserQuery,
  UsersStorage,
} from '../../src/ports/storage.js'
import { listActivity } from './kinds/activity.js'
import { type Statements, walk } from './kinds/index.js'
import { findSession, listSessions } from './kinds/sessions.js'
import { findUser } from './kinds/users.js'
import type { Work } from './work.js'

/** Runs the calls of a storage. */
export interface Calls {
  /** Runs a task, unless the storage is closed, and turns what it throws into one of our errors. */
  run<T>(task: () => T | Promise<T>): Promise<T>
  /** Refuses every call from now on. */
  close(): void
}

interface CallHooks {
  /** Runs before each task. It throws unless the tables can be used. */
  readonly before: () => void | Promise<void>
  /** Turns an error of the driver into one of ours. */
  readonly toError: (error: unknown) => unknown
}

export function createCalls({ before, toError }: CallHooks): Calls {
  let isClosed = false
  return {
    async run(task) {
      try {
        if (isClosed) throw new ClosedError()
        const preparing = before()
        if (preparing) await preparing
        return await task()
      } catch (error) {
        throw toError(error)
      }
    },
    close() {
      isClosed = true
    },
  }
}

/** How a database does the work of a storage. */
export interface Engine {
  readonly calls: Calls
  /** Takes a function that creates the work: work that has begun cannot be run again. */
  read<T>(work: () => Work<T>): T | Promise<T>
  /** Applies every change, or none. */
  commit(changes: readonly Change[]): Promise<void>
  /** Lists and searches users, which databases do most differently. */
  listUsers(query: UserQuery): Promise<Page<UserRecord>> | Page<UserRecord>
  sweep(request: SweepRequest): Promise<SweepResult>
  close(options?: CloseOptions): Promise<void>
}

/** Creates a storage: it does what is alike on all SQL databases, and the engine does the rest. */
export function storageOver(
  statements: Statements,
  { calls, read, commit, listUsers, sweep, close }: Engine,
): UsersStorage {
  const reading = <T>(work: () => Work<T>) => calls.run(() => read(work))
  return {
    findUser: (by) => reading(() => findUser(statements, by)),
    listUsers: (query) => calls.run(() => listUsers(query)),
    findSession: (secretHash) => reading(() => findSession(statements, secretHash)),
    listSessions: (userId, range) => reading(() => listSessions(statements, userId, range)),
    listActivity: (userId, range) => reading(() => listActivity(statements, userId, range)),
    walk: (kind, part) => reading(() => walk(statements, kind, part)),
    commit: (changes) => calls.run(() => commit(changes)),
    sweep: (request) => calls.run(() => sweep(request)),
    close(options) {
      calls.close()
      return close(options)
    },
  }
}
