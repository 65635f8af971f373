import { memoryStorage } from '../../adapters/memory/index.js'
import { copyUsers, type User, type UsersService } from '../../src/index.js'
import { at } from '../../src/testing/storage-contract/builders.js'
import { ada, ben, newer, older, type World, worldToCopy } from './world.js'

/** What a storage keeps; the search index is a part of `users`. */
export const kinds = ['users', 'sessions', 'activity', 'tombstones'] as const
export type Kind = (typeof kinds)[number]

export interface Operation {
  readonly name: Exclude<keyof UsersService, symbol> | 'copyUsers'
  /** The case, where there are several. */
  readonly what?: string
  run(world: World): Promise<unknown>
  /** Whether it is the first call of its storage, which looks at the tables before. */
  readonly isFirst?: true
  /** What changes in one commit, when there are several: an error ends the operation between two of them. */
  readonly commits?: readonly { readonly kinds: readonly Kind[]; readonly isOptional?: true }[]
  /** Whether it changes nothing, so that nothing of it can be unknown. */
  readonly reads?: true
}

const by = { actor: 'root', ip: '203.0.113.7', userAgent: 'curl/8.5.0' }
const wrong = { email: ada.email, password: 'wrong' }
const eve = { email: 'eve@example.com', password: 'long enough' }
const rehash = { kinds: ['users'], isOptional: true } as const
const reads = true

/** Every operation of the service, and the cases in which it runs other statements. */
export const operations: readonly Operation[] = [
  { reads, name: 'listUsers', run: ({ users }) => users.listUsers({ total: true, limit: 2 }) },
  { reads, name: 'listUsers', what: 'at an offset', run: ({ users }) => users.listUsers({ offset: 2000, limit: 2 }) },
  ...['ada@example', 'a', 'a text that is so long that its rarest part is asked for alone'].map(
    (search): Operation => ({
      reads,
      name: 'listUsers',
      what: `with ${search.length} characters`,
      // What it learns about the users it keeps.
      isFirst: true,
      run: ({ users }) => users.listUsers({ search, limit: 1, total: true, order: 'newest-first' }),
    }),
  ),
  {
    reads,
    name: 'iterateUsers',
    async run({ users }) {
      const walked: User[] = []
      for await (const user of users.iterateUsers({ pageSize: 2 })) walked.push(user)
      return walked
    },
  },
  { reads, name: 'getUser', run: ({ users }) => users.getUser('ada') },
  {
    reads,
    name: 'getUser',
    what: 'as the first call',
    isFirst: true,
    run: ({ users }) => users.getUser('ada'),
  },
  { reads, name: 'findUserByEmail', run: ({ users }) => users.findUserByEmail(ada.email) },
  { reads, name: 'getUserPrefs', run: ({ users }) => users.getUserPrefs('ada') },
  { reads, name: 'getUserSessions', run: ({ users }) => users.getUserSessions('ada', { total: true, limit: 1 }) },
  { reads, name: 'getUserLogs', run: ({ users }) => users.getUserLogs('ada', { total: true, limit: 0 }) },

  { name: 'createUser', run: ({ users }) => users.createUser(eve, { by }) },
  {
    name: 'createUser',
    what: 'with an id that is reserved',
    run: ({ users }) => users.createUser({ ...eve, id: 'gone' }),
  },
  { name: 'createUser', what: 'with an email that is taken', run: ({ users }) => users.createUser(ada) },
  { name: 'updateUserStatus', run: ({ users }) => users.updateUserStatus('ada', { status: 'blocked' }, { by }) },
  { name: 'updateUserPrefs', run: ({ users }) => users.updateUserPrefs('ada', { prefs: { size: 9 } }, { by }) },
  { name: 'updateUserName', run: ({ users }) => users.updateUserName('ada', { name: 'Ada' }, { by }) },
  { name: 'updateUserEmail', run: ({ users }) => users.updateUserEmail('ada', { email: 'ada@example.org' }, { by }) },
  {
    name: 'updateUserEmail',
    what: 'to one that is taken',
    run: ({ users }) => users.updateUserEmail('ada', { email: ben.email }, { by }),
  },
  {
    name: 'updateUserPassword',
    run: ({ users }) => users.updateUserPassword('ada', { password: 'battery staple' }, { by }),
  },
  { name: 'deleteUser', run: ({ users }) => users.deleteUser('ada', { by }) },

  { name: 'createUserSession', run: ({ users }) => users.createUserSession('ada', { by }) },
  {
    name: 'verifyUserSession',
    commits: [{ kinds: ['sessions'], isOptional: true }],
    run: ({ users }) => users.verifyUserSession(older),
  },
  { name: 'signOut', run: ({ users }) => users.signOut(newer, { by }) },
  { name: 'deleteUserSession', run: ({ users }) => users.deleteUserSession('ada', 's0', { by }) },
  { name: 'deleteUserSession', what: 'of nobody', run: ({ users }) => users.deleteUserSession('ben', 's0', { by }) },
  { name: 'deleteUserSessions', run: ({ users }) => users.deleteUserSessions('ada', { by }) },
  { name: 'deleteUserSessions', what: 'of nobody', run: ({ users }) => users.deleteUserSessions('gone', { by }) },

  { name: 'verifyUserPassword', run: ({ users }) => users.verifyUserPassword(ada, { by }) },
  { name: 'verifyUserPassword', what: 'refused', run: ({ users }) => users.verifyUserPassword(wrong, { by }) },
  {
    name: 'verifyUserPassword',
    what: 'rehashed',
    commits: [rehash],
    run: ({ users }) => users.verifyUserPassword(ben),
  },
  { name: 'signIn', run: ({ users }) => users.signIn(ada, { by }) },
  { name: 'signIn', what: 'refused', run: ({ users }) => users.signIn(wrong, { by }) },
  { name: 'signIn', what: 'of nobody', run: ({ users }) => users.signIn({ ...wrong, email: 'x@example.com' }, { by }) },
  {
    name: 'signIn',
    what: 'rehashed',
    commits: [rehash, { kinds: ['sessions', 'activity'] }],
    run: ({ users }) => users.signIn(ben, { by }),
  },

  {
    name: 'recordUserActivity',
    run: ({ users }) => users.recordUserActivity('ada', { event: 'tea.made', details: { cups: 2 } }, { by }),
  },
  {
    name: 'recordUserActivity',
    what: 'as the first call',
    isFirst: true,
    run: ({ users }) => users.recordUserActivity('ada', { event: 'tea.made' }),
  },
  {
    name: 'sweep',
    // The rows, and after them the search index.
    commits: [{ kinds }, { kinds: [] }],
    run: ({ users }) => users.sweep({ activityBefore: at(-1) }),
  },
  // A storage of its own, for a closed one refuses all that follows.
  { reads, name: 'close', isFirst: true, run: ({ users }) => users.close() },
  {
    name: 'copyUsers',
    what: 'into it',
    commits: kinds.map((kind) => ({ kinds: [kind] })),
    async run({ storage }) {
      const source = memoryStorage()
      await source.commit(worldToCopy)
      return copyUsers(source, storage)
    },
  },
  { reads, name: 'copyUsers', what: 'from it', run: ({ storage }) => copyUsers(storage, memoryStorage()) },
]

export const nameOf = ({ name, what }: Operation) => (what === undefined ? name : `${name}, ${what}`)
