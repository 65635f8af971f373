import { createUsersService } from 'rollbook'
import { clients } from './clients.js'
import { demoUser, people } from './people.js'
import { unlessRefused } from './unless-refused.js'

const dayMs = 24 * 60 * 60 * 1000
const admin = { actor: 'admin:joan', ip: '2001:db8:b::1', userAgent: clients.safariMac }

/**
 * Fills an empty database with people and their last weeks; leaves one alone that began with anybody else. Each step
 * writes one entry into its user's log, so the length of the log tells where a seed that was killed must go on, and a
 * second start does nothing.
 */
export async function seed(storage, signal) {
  // A second service on the storage, with a clock of its own: it can act in the past. It is not closed, since that
  // would close the storage.
  let clock = new Date()
  const users = createUsersService({ storage, now: () => clock })
  const { items } = await users.listUsers({ limit: 1 }, { signal })
  if (items.length > 0 && items[0].id !== people[0].id) return

  const start = Date.now()
  async function goOn(person) {
    const steps = stepsOf(person, users, signal)
    const log = await unlessRefused(
      users.getUserLogs(person.id, { limit: 0, total: true }, { signal }),
      'user-not-found',
    )
    for (let step = log?.total ?? 0; step < steps.length; step++) {
      // Sessions last 30 days, so what follows the registration lies in the last 25.
      const days = step === 0 ? person.joined : Math.min(person.joined, 25) * (1 - step / steps.length)
      clock = new Date(start - Math.round(days * dayMs))
      await steps[step]()
    }
  }
  // Left alone: who was deleted or blocked meanwhile, or is just being created by another demo on this file.
  const others = ['id-taken', 'email-taken', 'user-not-found', 'user-not-active']
  for (const person of people) await unlessRefused(goOn(person), ...others)
}

/** What happened to a person, in order: each step is one call and leaves one entry. */
function stepsOf({ id, name, email, ip, clients: names, prefs, events }, users, signal) {
  const isDisabled = events.includes('disabled')
  const [by, ...others] = names.map((client) => ({ by: { ip, userAgent: clients[client] }, signal }))
  const byAdmin = { by: admin, signal }
  const password = id === demoUser.id ? demoUser.password : undefined
  const status = isDisabled ? 'disabled' : 'active'
  const steps = [() => users.createUser({ id, email, name, password, status, emailVerified: !isDisabled, prefs }, by)]
  if (isDisabled) return steps

  const happened = {
    failed: () => unlessRefused(users.signIn({ email, password: 'not the right one' }, by), 'invalid-credentials'),
    left: () => users.deleteUserSessions(id, by),
    renamed: () => users.updateUserName(id, { name: `${name} Lima` }, by),
    blocked: () => users.updateUserStatus(id, { status: 'blocked' }, byAdmin),
    unblocked: () => users.updateUserStatus(id, { status: 'active' }, byAdmin),
  }
  for (const call of [by, ...others]) {
    steps.push(() => users.createUserSession(id, call))
    steps.push(() => users.recordUserActivity(id, { event: 'report.viewed', details: { report: 'weekly' } }, call))
  }
  steps.push(() => users.updateUserPrefs(id, { prefs: { tourSeen: true } }, by))
  return [...steps, ...events.flatMap((event) => happened[event] ?? [])]
}
