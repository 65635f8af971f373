/**
 * The other side of each ratio: what a careful program would do by hand with better-sqlite3, with no library in
 * between. It runs the storage's own SQL (but for lists of users), prepared once, in the same order and the same kind of
 * transaction, and makes the same values of the rows. It checks no input, and has what is no work of a driver (ids,
 * folded text) cheaply.
 */
import { createHash, randomBytes } from 'node:crypto'
import { domainToASCII } from 'node:url'
import { columnNames } from '../dist/adapters/sql/columns.js'
import { createStatements, sqlKinds } from '../dist/adapters/sql/kinds/index.js'
import { sqliteDialect } from '../dist/adapters/sqlite/sql-dialect.js'
import { createRawLists } from './raw-lists.js'
import { toActivity, toFoundSession, toRowOfUser, toSession, toUser } from './raw-records.js'

const prefix = 'rollbook_'
const day = 24 * 60 * 60 * 1000
const nothingAfter = Number.MAX_SAFE_INTEGER

/** The service's methods over bare statements, for as much of their arguments as the operations use. */
export function createRaw(database, hasher) {
  const sql = prepareAll(database)
  const lists = createRawLists(database)
  let ids = 0
  const newId = (now) => now.toString(36) + String(++ids).padStart(12, '0')
  const secretHashOf = (secret) => createHash('sha256').update(secret).digest('base64url')
  const emailKeyOf = (email) => {
    const [local, domain] = email.split('@')
    return `${local.toLowerCase()}@${domainToASCII(domain)}`
  }
  const immediate = (task) => database.transaction(task).immediate

  function append(event, userId, now, { actor = null, ip = null, userAgent = null } = {}, details) {
    const text = details === undefined ? null : JSON.stringify(details)
    sql.appendActivity.run(newId(now), event, userId, now, actor, ip, userAgent, text, userId)
  }

  function startSession(userId, epoch, { ip, userAgent }) {
    const secret = randomBytes(32).toString('base64url')
    const now = Date.now()
    const id = newId(now)
    const expiresAt = now + 30 * day
    commitSession(id, userId, secretHashOf(secret), epoch, now, expiresAt, { ip, userAgent })
    const at = new Date(now)
    return { session: { id, userId, createdAt: at, expiresAt: new Date(expiresAt), usedAt: at, ip, userAgent }, secret }
  }

  const commitSession = immediate((id, userId, hash, epoch, now, expiresAt, { ip, userAgent }) => {
    sql.insertSession.run(id, userId, hash, epoch, now, expiresAt, now, ip, userAgent, userId)
    sql.keepNewestSessions.run(userId, userId, 1, 100)
    append('session.created', userId, now, { ip, userAgent }, { sessionId: id })
  })

  const commitUser = immediate((row, by) => {
    if (sql.insertUser.run(...row).changes !== 1) throw new Error('the email is taken')
    if (sql.findTombstone.get(row[0])) throw new Error('the id is taken')
    append('user.created', row[0], row[9], by)
  })

  const commitChange = immediate((row, version, endSessions, event, by, details) => {
    const [id, , emailKey] = row
    if (sql.replaceUser.run(...row, id, version, emailKey, id).changes !== 1) throw new Error('somebody was quicker')
    if (endSessions) sql.deleteSessions.run(id)
    append(event, id, row[10], by, details)
  })

  function change(userId, event, by, plan) {
    const found = sql.findUserById.get(userId)
    const { details, endSessions = false, ...changed } = plan(found)
    const row = { ...found, ...changed, updated_at: Date.now(), version: found.version + 1 }
    if (endSessions) row.session_epoch++
    commitChange(toRowOfUser(row), found.version, endSessions, event, by, details)
    return toUser(row)
  }

  const pageOf = (rows, toItem) => {
    const shown = rows.slice(0, 25)
    return { items: shown.map(toItem), ...(rows.length > 25 && { next: String(shown[24].seq) }) }
  }

  return {
    getUser: (id) => toUser(sql.findUserById.get(id)),
    getUserPrefs: (id) => JSON.parse(sql.findUserById.get(id).prefs),
    listUsers({ search = '', total = false, ...range } = {}) {
      if (search === '') {
        const page = pageOf(lists.page(range), toUser)
        return total ? { ...page, total: lists.count() } : page
      }
      const rows = lists.matching(search)
      const page = pageOf(rows, toUser)
      if (!total) return page
      const count = page.next ? lists.countMatching(search) : rows.length
      return count > 5000 ? { ...page, total: 5000, totalIsCapped: true } : { ...page, total: count }
    },
    getUserSessions(id) {
      const { session_epoch } = sql.findUserById.get(id)
      const now = Date.now()
      return pageOf(
        sql.listSessions.all(id, session_epoch, now, Number.MIN_SAFE_INTEGER, nothingAfter, 26, 0),
        toSession,
      )
    },
    getUserLogs(id) {
      sql.findUserById.get(id)
      return pageOf(sql.listActivity.all(id, nothingAfter, 26, 0), toActivity)
    },
    verifyUserSession(secret) {
      const row = sql.findSession.get(secretHashOf(secret))
      const alive = row.status === 'active' && row.session_session_epoch === row.session_epoch
      if (!alive || row.session_expires_at <= Date.now()) throw new Error('not a session')
      return { user: toUser(row), session: toFoundSession(row) }
    },
    async createUser({ email, password, name }, { by }) {
      const emailKey = emailKeyOf(email)
      if (sql.findUserByEmailKey.get(emailKey)) throw new Error('the email is taken')
      const hash = await hasher.hash(password)
      const now = Date.now()
      const id = newId(now)
      const search = `${name}\n${email}\n${id}`.toLowerCase()
      const row = [id, email, emailKey, 0, name, 'active', '{}', hash, now, now, now, search, 1, 1]
      commitUser(row, by)
      const at = new Date(now)
      const times = { passwordUpdatedAt: at, createdAt: at, updatedAt: at }
      return { id, email, emailVerified: false, name, status: 'active', prefs: {}, hasPassword: true, ...times }
    },
    updateUserStatus: (id, { status }, { by }) =>
      change(id, 'user.status-updated', by, () => ({ status, details: { status }, endSessions: status !== 'active' })),
    updateUserPrefs: (id, { prefs }, { by }) =>
      change(id, 'user.prefs-updated', by, (found) => ({
        prefs: JSON.stringify({ ...JSON.parse(found.prefs), ...prefs }),
        details: { keys: Object.keys(prefs) },
      })).prefs,
    updateUserName: (id, { name }, { by }) =>
      change(id, 'user.name-updated', by, ({ search_text }) => ({
        name,
        search_text: name.toLowerCase() + search_text.slice(search_text.indexOf('\n')),
      })),
    createUserSession(id, { by }) {
      const { status, session_epoch } = sql.findUserById.get(id)
      if (status !== 'active') throw new Error('not active')
      return startSession(id, session_epoch, by)
    },
    async signIn({ email, password }, { by }) {
      const row = sql.findUserByEmailKey.get(emailKeyOf(email))
      const matches = await hasher.verify(row.password_hash, password)
      if (!matches || row.status !== 'active') throw new Error('not recognised')
      return { user: toUser(row), ...startSession(row.id, row.session_epoch, by) }
    },
    deleteUserSession: immediate((userId, sessionId, { by }) => {
      if (sql.deleteSession.run(sessionId, userId).changes !== 1) throw new Error('no such session')
      append('session.deleted', userId, Date.now(), by, { sessionId })
    }),
    deleteUserSessions: immediate((userId, { by }) => {
      sql.deleteSessions.run(userId)
      append('session.all-deleted', userId, Date.now(), by)
    }),
    recordUserActivity: immediate((userId, { event, details }, { by }) =>
      append(event, userId, Date.now(), by, details),
    ),
  }
}

/** Prepares the storage's own statements, each with the order of arguments that the calls above were written for. */
function prepareAll(database) {
  const statements = createStatements(sqliteDialect(prefix))
  const prepared = (statement, ...names) => {
    const order = statement.values(new Proxy({}, { get: (_, name) => name }))
    if (order.join() !== names.join()) throw new Error(`bench/raw.js gives ${names}, and the SQL takes ${order}`)
    return database.prepare(statement.sql)
  }
  return {
    findUserById: prepared(statements.findUserById, 'id'),
    findUserByEmailKey: prepared(statements.findUserByEmailKey, 'emailKey'),
    insertUser: prepared(statements.insertUser, ...columnNames(sqlKinds.users.columns)),
    replaceUser: prepared(
      statements.replaceUser,
      ...columnNames(sqlKinds.users.columns),
      'id',
      'expectedVersion',
      'email_key',
      'id',
    ),
    findTombstone: prepared(statements.findTombstone, 'id'),
    findSession: prepared(statements.findSession, 'secretHash'),
    listSessions: prepared(
      statements.listSessions,
      ...['userId', 'sessionEpoch', 'expiresAfter', 'usedAfter', 'after', 'limit', 'offset'],
    ),
    insertSession: prepared(statements.insertSession, ...columnNames(sqlKinds.sessions.columns), 'user_id'),
    keepNewestSessions: prepared(statements.keepNewestSessions, 'userId', 'userId', 1, 'keep'),
    deleteSession: prepared(statements.deleteSession, 'id', 'userId'),
    deleteSessions: prepared(statements.deleteOfUser.sessions, 'userId'),
    listActivity: prepared(statements.listActivity, 'userId', 'after', 'limit', 'offset'),
    appendActivity: prepared(statements.appendActivity, ...columnNames(sqlKinds.activity.columns), 'user_id'),
  }
}
