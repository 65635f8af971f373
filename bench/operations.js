/**
 * What is timed: one row for each operation. `call` is made on the service and on the raw side, with the same
 * arguments; `i` counts the calls, and `people` are those of `cast` in data.js.
 */
import { argon2id } from 'rollbook'
import { defaultHashingLimits } from '../dist/src/passwords/hashing-queue.js'
import { sessionOf } from './data.js'
import { familyNames, givenNames, userAgents } from './words.js'

const at = (list, i) => list[i % list.length]
const by = { by: { actor: 'admin', ip: '192.0.2.7', userAgent: userAgents[0] } }
const newName = (i) => `${at(givenNames, i)[0]} ${at(familyNames, i * 5 + 1)[0]}`
export const newPerson = (i, label) => ({
  email: `${label}${i}@example.com`,
  password: 'correct horse battery',
  name: newName(i),
})
const hasher = argon2id()
const { concurrency } = defaultHashingLimits()

/** Sessions that are there to be ended: `each` of them for the people of the next calls. */
const newSessions = (people, from, count, each) =>
  Array.from({ length: count * each }, (_, index) => {
    const i = from + (index % count)
    const name = `${i}n${Math.floor(index / count)}`
    const parts = { id: `ended${name}`, secret: name, createdAt: new Date(), ip: by.by.ip, userAgent: by.by.userAgent }
    return { op: 'insertSession', session: sessionOf(at(people.signedOut, i), parts) }
  })

export const operations = [
  { name: 'getUser', isRead: true, call: (side, people, i) => side.getUser(at(people.steady, i).id) },
  { name: 'getUserPrefs', isRead: true, call: (side, people, i) => side.getUserPrefs(at(people.steady, i).id) },
  { name: 'listUsers, first page of 25', isRead: true, call: (side) => side.listUsers() },
  { name: 'listUsers, with total', isRead: true, call: (side) => side.listUsers({ total: true }) },
  { name: 'listUsers, search, common term', isRead: true, call: (side) => side.listUsers({ search: 'smith' }) },
  {
    name: 'listUsers, search, common term, total',
    isRead: true,
    call: (side) => side.listUsers({ search: 'smith', total: true }),
  },
  { name: 'listUsers, search, rare term', isRead: true, call: (side) => side.listUsers({ search: 'quixotl' }) },
  { name: 'getUserSessions', isRead: true, call: (side, people, i) => side.getUserSessions(at(people.steady, i).id) },
  { name: 'getUserLogs', isRead: true, call: (side, people, i) => side.getUserLogs(at(people.steady, i).id) },
  {
    name: 'verifyUserSession',
    isRead: true,
    call: (side, people, i) => side.verifyUserSession(at(people.steady, i).secret),
  },
  { name: 'createUser, instant hash', call: (side, _, i) => side.createUser(newPerson(i, 'new'), by) },
  {
    name: 'updateUserStatus',
    // Each is blocked, and with the next call active again.
    call: (side, people, i) =>
      side.updateUserStatus(at(people.blocked, i >> 1).id, { status: i % 2 === 0 ? 'blocked' : 'active' }, by),
  },
  {
    name: 'updateUserPrefs',
    call: (side, people, i) => side.updateUserPrefs(at(people.steady, i).id, { prefs: { theme: `theme ${i}` } }, by),
  },
  {
    name: 'updateUserName',
    call: (side, people, i) => side.updateUserName(at(people.steady, i).id, { name: `${newName(i)} ${i}` }, by),
  },
  { name: 'createUserSession', call: (side, people, i) => side.createUserSession(at(people.steady, i).id, by) },
  {
    name: 'signIn, instant hash',
    call: (side, people, i) =>
      side.signIn({ email: at(people.steady, i).email, password: 'correct horse battery' }, by),
  },
  {
    name: 'deleteUserSession',
    before: ({ give }, people, from, count) => give(newSessions(people, from, count, 1)),
    call: (side, people, i) => side.deleteUserSession(at(people.signedOut, i).id, `ended${i}n0`, by),
  },
  {
    name: 'deleteUserSessions',
    most: 200,
    before: ({ give }, people, from, count) => give(newSessions(people, from, count, 2)),
    call: (side, people, i) => side.deleteUserSessions(at(people.signedOut, i).id, by),
  },
  {
    name: 'recordUserActivity',
    call: (side, people, i) =>
      side.recordUserActivity(at(people.steady, i).id, { event: 'invoice.paid', details: { invoice: i } }, by),
  },
  {
    name: `createUser, argon2id, ${concurrency} at once`,
    workers: concurrency,
    calls: 8 * concurrency,
    mostRounds: 9,
    // Against the bare hasher: no database at all on that side.
    raw: () => hasher.hash('correct horse battery'),
    ours: ({ usersByArgon2 }, i) => usersByArgon2.createUser(newPerson(i, 'hashed'), by),
  },
]
