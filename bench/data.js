/** Makes users, sessions and activity out of a seed: the same ones for every storage of a run. */
import { hashSessionSecret } from '../dist/src/domain/session.js'
import { withDerived } from '../dist/src/domain/user.js'
import { addressOf } from './addresses.js'
import { seededRandom, seedOf, weightedChoice, zipf } from './random.js'
import { regions, userAgents } from './words.js'

export { seededRandom }

const minute = 60_000
const day = 24 * 60 * minute

/** A hash in the format and of the length of a real one; nobody's password. */
export const exampleHash = `$argon2id$v=19$m=19456,t=2,p=1$${'c2FsdHNhbHQ'.repeat(2)}$${'aGFzaA'.repeat(7)}x`

/** A hasher that answers at once, so that what is left can be seen. */
export const instantHasher = {
  hash: async () => exampleHash,
  verify: async () => true,
  needsRehash: () => false,
}

const chooseRegion = weightedChoice(
  regions.map(({ given, family, ...region }) => ({
    ...region,
    chooseGiven: weightedChoice(given, zipf),
    chooseFamily: weightedChoice(family, zipf),
  })),
  ({ share }) => share,
)
const chooseTheme = weightedChoice(['system', 'dark', 'light'], zipf)
const chooseLanguage = weightedChoice(['en', 'es', 'de', 'zh', 'ar', 'ja'], zipf)
const chooseAgent = weightedChoice(userAgents, zipf)

/**
 * Yields one person after another, in the order of their registration: the user, two sessions with their secrets,
 * and five entries of activity. `oneIn` leaves those to one in so many people: the others have not been there lately.
 * One user, in the middle, is called Quixotl: the rare one that a search looks for.
 */
export function* people(config) {
  for (let index = 0; index < config.count; index++) yield personAt(config, index)
}

/** Makes one of the people, without those before. Sessions and activity are made when they are asked for. */
export function personAt({ count, seed, now, oneIn = 1 }, index) {
  const registered = now - 300 * day + Math.floor((index / count) * 299 * day)
  const user = userOf({ count, seed, index, registered })
  return {
    user,
    get sessions() {
      if (index % oneIn !== 0) return []
      const random = seededRandom(seedOf(seed + 1, index))
      return [9, 2].map((daysAgo) => {
        const secret = secretOf(random, index, daysAgo)
        const createdAt = new Date(now - daysAgo * day - Math.floor(random() * day))
        const id = idAt(createdAt.getTime(), random)
        return { secret, record: sessionOf(user, { id, secret, createdAt, ...originOf(random) }) }
      })
    },
    get activity() {
      if (index % oneIn !== 0) return []
      const random = seededRandom(seedOf(seed + 2, index))
      return [10, 9, 8, 7, 6].map((daysAgo) => {
        const at = new Date(now - daysAgo * day + Math.floor(random() * day))
        const id = idAt(at.getTime(), random)
        const details = { sessionId: `of${id.slice(2)}` }
        return { id, event: 'session.created', userId: user.id, at, details, ...originOf(random) }
      })
    },
  }
}

function userOf({ count, seed, index, registered }) {
  const random = seededRandom(seedOf(seed, index))
  const { name, given, family } = nameOf(random, index === Math.floor(count / 2))
  const at = new Date(registered)
  return withDerived({
    id: idAt(registered, random),
    email: addressOf({ given, family, index, random }),
    emailVerified: random() < 0.8,
    name,
    status: random() < 0.92 ? 'active' : random() < 0.5 ? 'blocked' : 'disabled',
    prefs: { theme: chooseTheme(random()), language: chooseLanguage(random()), lists: { rows: 25 } },
    passwordHash: exampleHash,
    passwordUpdatedAt: at,
    createdAt: at,
    updatedAt: at,
    version: 1,
    sessionEpoch: 1,
  })
}

/** An id as the service makes them. */
function idAt(time, random) {
  // Small numbers are turned into text some times quicker than large ones.
  const fourDigits = (number) => number.toString(36).padStart(4, '0')
  const some = () => fourDigits(Math.floor(random() * 36 ** 4))
  return fourDigits(Math.floor(time / 36 ** 4)) + fourDigits(time % 36 ** 4) + some() + some() + some()
}

function nameOf(random, isRare) {
  const { chooseGiven, chooseFamily, familyFirst } = chooseRegion(random())
  const [given, givenSpelling] = chooseGiven(random())
  const [family, familySpelling] = isRare ? ['Quixotl', 'quixotl'] : chooseFamily(random())
  const style = random()
  const whole = familyFirst ? `${family} ${given}` : `${given} ${family}`
  const spellings = { given: givenSpelling, family: familySpelling }
  if (isRare || style < 0.86) return { name: whole, ...spellings }
  if (style < 0.9) return { name: `${given} ${chooseGiven(random())[0]} ${family}`, ...spellings }
  if (style < 0.94) return { name: whole.toLowerCase(), ...spellings }
  if (style < 0.96) return { name: whole.toUpperCase(), ...spellings }
  return { name: style < 0.98 ? given : '', ...spellings }
}

function originOf(random) {
  const number = Math.floor(random() * 65_535)
  const ip = random() < 0.7 ? `192.0.2.${number % 256}` : `2001:db8::${(number + 1).toString(16)}`
  return { ip, userAgent: chooseAgent(random()) }
}

/** Like a real one; the number of the person is in it, since 32 bits of chance do meet again among a million. */
function secretOf(random, index, daysAgo) {
  const bytes = Buffer.allocUnsafe(32)
  for (let place = 0; place < 32; place += 4) bytes.writeUInt32LE(Math.floor(random() * 2 ** 32), place)
  bytes.writeUInt32LE(index, 8)
  bytes.writeUInt8(daysAgo, 12)
  return bytes.toString('base64url')
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
