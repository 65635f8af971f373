import { Agent } from 'node:http'
import type { User } from '../../domain/user.js'
import type { Authorize } from '../../http/authorization.js'
import type { NewUser } from '../../service/users-service.js'
import { createTestUsers, type TestUsers, type TestUsersOptions } from '../test-users.js'
import type { HttpContractOptions, StartHttp } from './contract.js'
import { type Answer, type Sent, send } from './send.js'

/** The settings of a case. By default the requests come from an admin who may do everything. */
export interface WorldOptions extends Partial<Omit<HttpContractOptions, 'users'>> {
  /** Options of the service behind the mount. */
  readonly service?: TestUsersOptions
}

/** A service, a server in front of it, and a client. */
export interface World extends TestUsers {
  readonly url: string
  send(method: string, path: string, sent?: Sent): Promise<Answer>
  /** Creates a user in process: active, with the password `correct horse`. */
  newUser(fields?: Partial<NewUser>): Promise<User>
}

/** Lets in everybody, as `admin`, to read and to write. */
export const letIn: Authorize = () => ({ caller: { actor: 'admin' }, scopes: ['users.read', 'users.write'] })

/** Sets up a world for one case, and takes it down afterwards. */
export async function withWorld(
  start: StartHttp,
  { service, authorize = letIn, ...rest }: WorldOptions,
  law: (world: World) => Promise<void>,
): Promise<void> {
  const test = createTestUsers(service)
  const { url, stop } = await start({ users: test.users, authorize, ...rest })
  const agent = new Agent({ keepAlive: true })
  let created = 0
  try {
    await law({
      ...test,
      url,
      send: (method, path, sent) => send(agent, url, method, path, sent),
      newUser: (fields) =>
        test.users.createUser({ email: `user${++created}@example.com`, password: 'correct horse', ...fields }),
    })
  } finally {
    agent.destroy()
    await stop()
    await test.users.close()
  }
}
