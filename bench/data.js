/** Makes users, sessions and activity out of a seed: the same ones for every storage of a run. */
import { hashSessionSecret } from '../dist/src/domain/session.js'
import { withDerived } from '../dist/src/domain/user.js'
import { domains, familyNames, givenNames, userAgents } from './words.js'

const minute = 60_000
const day = 24 * 60 * minute
const poolSize = 4096

/** A hash in the format and of the length of a real one; nobody's password. */
export const exampleHash = `$argon2id$v=19$m=19456,t=2,p=1$${'c2FsdHNhbHQ'.repeat(2)}$${'aGFzaA'.repeat(7)}x`

/** A hasher that answers at once, so that what is left can be seen. */
export const instantHasher = {
  hash: async () => exampleHash,
  verify: async () => true,
  needsRehash: () => false,
}

/** The generator mulberry32: numbers from 0 to below 1. */
export function seededRandom(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * Yields one person after another, in the order of their registration: the user, two sessions with their secrets,
 * and five entries of activity. One user, in the middle, is called Quixotl: the rare one that a search looks for.
 */
export function* people({ count, seed, now }) {
  const random = seededRandom(seed)
  // Squared, so that some are common and some are rare, as in life.
  const pick = (list) => list[Math.floor(random() ** 2 * list.length)]
  const text = (length, radix = 36) =>
    Array.from({ length }, () => Math.floor(random() * radix).toString(radix)).join('')
  const idAt = (time) => time.toString(36).padStart(8, '0') + text(12)

  for (let index = 0; index < count; index++) {
    const registered = now - 300 * day + Math.floor((index / count) * 299 * day)
    const isRare = index === Math.floor(count / 2)
    const [given, givenAscii] = pick(givenNames)
    const [family, familyAscii] = isRare ? ['Quixotl', 'quixotl'] : pick(familyNames)
    const user = withDerived({
      id: idAt(registered),
      email: `${givenAscii}.${familyAscii}${index}@${pick(domains)}`,
      emailVerified: random() < 0.8,
      name: `${given} ${family}`,
      status: random() < 0.92 ? 'active' : random() < 0.5 ? 'blocked' : 'disabled',
      prefs: {
        theme: pick(['light', 'dark', 'system']),
        language: pick(['en', 'de', 'ja', 'ar']),
        lists: { rows: 25 },
      },
      passwordHash: exampleHash,
      passwordUpdatedAt: new Date(registered),
      createdAt: new Date(registered),
      updatedAt: new Date(registered),
      version: 1,
      sessionEpoch: 1,
    })
    const sessions = [9, 2].map((daysAgo) => {
      const secret = Buffer.from(text(64, 16), 'hex').toString('base64url')
      const createdAt = new Date(now - daysAgo * day - Math.floor(random() * day))
      return { secret, record: sessionOf(user, { id: idAt(createdAt.getTime()), secret, createdAt, ...originOf() }) }
    })
    const activity = Array.from({ length: 5 }, (_, entry) => {
      const at = new Date(now - (10 - entry) * day + Math.floor(random() * day))
      const details = { sessionId: idAt(at.getTime()) }
      return { id: idAt(at.getTime()), event: 'session.created', userId: user.id, at, details, ...originOf() }
    })
    yield { user, sessions, activity }
  }

  function originOf() {
    const ip =
      random() < 0.7 ? `192.0.2.${Math.floor(random() * 256)}` : `2001:db8::${text(4, 16).replace(/^0+/, '') || 1}`
    return { ip, userAgent: pick(userAgents) }
  }
}

/** A session as a storage keeps it. */
export function sessionOf(user, { id, secret, createdAt, ip, userAgent }) {
  const expiresAt = new Date(createdAt.getTime() + 30 * day)
  const { id: userId, sessionEpoch } = user
  return {
    id,
    userId,
    secretHash: hashSessionSecret(secret),
    sessionEpoch,
    createdAt,
    expiresAt,
    usedAt: createdAt,
    ip,
    userAgent,
  }
}

/** One person as changes for the `commit` of a storage. */
export function changesOf({ user, sessions, activity }) {
  return [
    { op: 'insertUser', user },
    ...sessions.map(({ record }) => ({ op: 'insertSession', session: record })),
    ...activity.map((entry) => ({ op: 'appendActivity', activity: entry })),
  ]
}

/**
 * Chooses those whom the operations are tried on, spread over all. What blocks people or ends sessions has its own, so
 * that no operation changes what another one needs.
 */
export function cast(config) {
  const random = seededRandom(config.seed + 1)
  const active = []
  for (const { user, sessions } of people(config)) {
    if (user.status === 'active') {
      const { id, email, name } = user
      active.push({ id, email, name, sessionEpoch: 1, secret: sessions[1].secret, order: random() })
    }
  }
  active.sort((one, other) => one.order - other.order)
  const part = Math.min(poolSize, Math.floor(active.length / 4))
  return {
    steady: active.slice(0, 2 * part),
    blocked: active.slice(2 * part, 3 * part),
    signedOut: active.slice(3 * part, 4 * part),
  }
}
