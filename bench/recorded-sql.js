/**
 * Records the statements that the service runs on an SQLite database, to run the very same ones by the driver alone:
 * whatever is left between the two is the library.
 */
import { createUsersService } from 'rollbook'
import { sqliteStorage } from 'rollbook/sqlite'
import { instantHasher } from './data.js'
import { toUser } from './raw-records.js'

/** A service on a handle that writes down what it is asked. */
export function recordingService(database) {
  const cache = new Map()
  let calls = []
  const handle = {
    prepare(sql) {
      const statement = database.prepare(sql)
      const recorded =
        (method) =>
        (...values) => {
          calls.push({ sql, method, values })
          return statement[method](...values)
        }
      return { get: recorded('get'), all: recorded('all'), run: recorded('run') }
    },
    exec: (sql) => database.exec(sql),
    transaction: (task) => database.transaction(task),
    get inTransaction() {
      return database.inTransaction
    },
    close() {},
  }
  const users = createUsersService({ storage: sqliteStorage(handle), passwords: instantHasher })
  return {
    /** Answers a function that runs the statements of a task again, and makes users of their rows. */
    async record(task) {
      calls = []
      await task(users)
      const statements = calls.map(({ sql, method, values }) => ({ prepared: preparedOnce(sql), method, values }))
      return () => {
        let users = []
        for (const { prepared, method, values } of statements) {
          const answer = prepared[method](...values)
          if (Array.isArray(answer) && answer[0]?.prefs !== undefined) users = answer.map(toUser)
        }
        return users
      }
    },
    close: () => users.close(),
  }

  function preparedOnce(sql) {
    const prepared = cache.get(sql) ?? database.prepare(sql)
    cache.set(sql, prepared)
    return prepared
  }
}
