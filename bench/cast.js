import { personAt, seededRandom } from './data.js'

const poolSize = 4096

/**
 * Chooses those whom the operations are tried on, spread over all who have sessions. What blocks people or ends sessions has its own, so
 * that no operation changes what another one needs.
 */
export function cast(config) {
  const random = seededRandom(config.seed + 1)
  const { count, oneIn = 1 } = config
  const part = Math.min(poolSize, Math.floor(count / oneIn / 6))
  const active = new Map()
  // Nine of ten are active, so this ends.
  while (active.size < 4 * part) {
    const index = Math.floor((random() * count) / oneIn) * oneIn
    const { user, sessions } = personAt(config, index)
    const { id, email, emailKey, name } = user
    const person = { index, id, email, emailKey, name, sessionEpoch: 1, secret: sessions[1].secret }
    if (user.status === 'active') active.set(index, person)
  }
  const all = [...active.values()]
  return { steady: all.slice(0, 2 * part), blocked: all.slice(2 * part, 3 * part), signedOut: all.slice(3 * part) }
}
