import { createUsersService, type User, UsersError, type UsersService, type UsersStorage } from 'rollbook'
import { apiKeys, expressUsers, requireUser, signedIn } from 'rollbook/express'
import { fastifyUsers } from 'rollbook/fastify'
import { fetchUsers } from 'rollbook/fetch'
import { koaUsers } from 'rollbook/koa'
import { memoryStorage } from 'rollbook/memory'
import { postgresStorage } from 'rollbook/postgres'
import { sqliteStorage } from 'rollbook/sqlite'
import { createTestUsers, httpContract, storageContract, type TestUsers } from 'rollbook/testing'

const storage: UsersStorage = memoryStorage()
export const users: UsersService = createUsersService({ storage })
export const fake: TestUsers = createTestUsers()
const authorize = apiKeys(['my-secret-key'])
export const mounts = [
  expressUsers({ users, authorize }),
  fastifyUsers({ users, authorize }),
  fetchUsers({ users, authorize }),
  koaUsers({ users, authorize }),
  requireUser({ users, cookie: 'session' }),
]
export const parts = [signedIn, postgresStorage, sqliteStorage, httpContract, storageContract]

export async function nameOf(id: string): Promise<string | undefined> {
  try {
    const user: User = await users.getUser(id)
    return user.name
  } catch (error) {
    if (UsersError.is(error) && error.code === 'user-not-found') return undefined
    throw error
  }
}

// @ts-expect-error: a status is one of three.
export const wrong = () => users.updateUserStatus('ada', { status: 'gone' })
