import { Agent } from 'node:http'
import { apiKeys, expressUsers } from '../../../adapters/express/index.js'
import { memoryStorage } from '../../../adapters/memory/index.js'
import {
  ada,
  adasPrefs,
  adasSession,
  charles,
  grace,
  mallory,
} from '../../../src/http/dialects/classic/openapi/examples.js'
import { createUsersService, type UsersService } from '../../../src/index.js'
import { type Answer, type Sent, send } from '../../../src/testing/http-contract/send.js'
import { heldHasher, keptLogger } from '../../../src/testing/http-contract/spies.js'
import { insecureHasher } from '../../../src/testing/insecure-hasher.js'
import { listen } from '../listen.js'
import { described } from './described.js'

/** The service that the examples of the document are about, behind a real server. */
export interface ExampleWorld {
  readonly users: UsersService
  /** Sends a request below the documented server, with the key of one who may do everything. */
  send(method: string, path: string, sent?: Sent): Promise<Answer>
  /** Makes the storage fail from now on. */
  failWith(error: Error): void
  /** Begins to hash a password, and goes on until the end of the world. */
  occupyHasher(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Keys, by what they may do. */
export const keys = { both: 'may-do-both', 'users.read': 'may-read', 'users.write': 'may-write' } as const

const chromeOnMac =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/80.0.3987.132 Safari/537.36'
const sessionStarted = 1767608100
const heldPassword = 'is hashed until the end'

export async function startExampleWorld(): Promise<ExampleWorld> {
  let seconds = ada.registration
  let failure: Error | undefined
  const ids: string[] = []
  let entries = 0
  const [held, quick] = [heldHasher(), insecureHasher()]
  const users = createUsersService({
    storage: failing(memoryStorage(), () => failure),
    passwords: { ...quick, hash: (password) => (password === heldPassword ? held.passwords : quick).hash(password) },
    hashing: { concurrency: 1, maxWaiting: 0 },
    beforeCreate: ({ email }) => (email.endsWith('.net') ? 'only addresses of this company are let in' : undefined),
    now: () => new Date(seconds * 1000),
    newId: () => ids.shift() ?? `entry${++entries}`,
    locate: (ip) => (ip === adasSession.ip ? { countryCode: 'SE', countryName: 'Sweden' } : undefined),
  })
  for (const { $id, email, name } of [ada, charles, mallory]) {
    await users.createUser({ id: $id, email, name, prefs: adasPrefs }, { by: { actor: 'signup' } })
  }
  seconds = sessionStarted
  ids.push(adasSession.$id)
  await users.createUserSession(ada.$id, { by: { ip: adasSession.ip, userAgent: chromeOnMac } })
  seconds = grace.registration
  ids.push(grace.$id)

  const authorize = apiKeys([
    keys.both,
    { key: keys['users.read'], name: 'console', scopes: ['users.read'] },
    { key: keys['users.write'], name: 'console', scopes: ['users.write'] },
  ])
  const prefix = described.servers[0]?.url ?? ''
  const { url, stop } = await listen(expressUsers({ users, authorize, prefix, logger: keptLogger() }), prefix)
  const agent = new Agent({ keepAlive: true })
  const hashing: Promise<unknown>[] = []
  return {
    users,
    send: (method, path, { headers, ...sent } = {}) =>
      send(agent, url, method, path, { ...sent, headers: { 'X-Appwrite-Key': keys.both, ...headers } }),
    failWith(error) {
      failure = error
    },
    async occupyHasher() {
      hashing.push(users.createUser({ email: 'first@example.com', password: heldPassword }))
      await held.begun
    },
    async [Symbol.asyncDispose]() {
      held.release()
      await Promise.all(hashing)
      agent.destroy()
      await stop()
      await users.close()
    },
  }
}

function failing<Storage extends object>(storage: Storage, failure: () => Error | undefined): Storage {
  return new Proxy(storage, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name)
      if (typeof method !== 'function' || name === 'close') return method
      return (...args: unknown[]) => {
        const error = failure()
        return error ? Promise.reject(error) : Reflect.apply(method, target, args)
      }
    },
  })
}
