/** What people search for: terms out of the generated people themselves, chosen by a seed. */
import { fold } from '../dist/src/domain/search-text.js'
import { personAt, seededRandom } from './data.js'
import { familyNames, givenNames } from './words.js'

const absent = ['zzzzzz', 'qqqx', 'nobody-at-all', 'xylophonist', '漢字検定', 'ыыыы', 'smithsonianly', '00000000000']

/** Terms of three characters and more: names, parts of them, addresses, ids, fragments, and what nobody has. */
export function longTerms(config, count) {
  const random = seededRandom(config.seed + 3)
  const pick = (list) => list[Math.floor(random() * list.length)]
  const person = () => personAt(config, Math.floor(random() * config.count)).user
  const partOf = (text, least, most) => {
    const characters = [...text]
    const length = least + Math.floor(random() * (most - least + 1))
    const start = Math.floor(random() * Math.max(1, characters.length - length + 1))
    return characters
      .slice(start, start + length)
      .join('')
      .trim()
  }
  const kinds = [
    [15, () => pick(familyNames)[0]],
    [10, () => pick(givenNames)[0]],
    [12, () => person().name],
    [15, () => person().email],
    [8, () => person().email.split('@')[0]],
    [5, () => person().email.split('@')[1]],
    [5, () => person().id],
    [15, () => partOf(person().email, 3, 8)],
    [10, () => partOf(person().name, 3, 6)],
    [2, () => `${pick(absent)}${Math.floor(random() * 100)}`],
    [3, () => partOf(person().id, 3, 6)],
  ]
  const pool = kinds.flatMap(([share, make]) => Array(share).fill(make))
  const terms = []
  while (terms.length < count) {
    const term = pick(pool)()
    if ([...fold(term)].length >= 3) terms.push(term)
  }
  return terms
}

/** Terms of one and two characters that somebody has, and a few that nobody has. */
export function shortTerms(config, count) {
  const random = seededRandom(config.seed + 4)
  const terms = ['!', '~', 'qx', 'xq', 'zx', '漢', 'ы']
  while (terms.length < count) {
    const { name, email, id } = personAt(config, Math.floor(random() * config.count)).user
    const characters = [...[name, email, id][Math.floor(random() * 3)]]
    const start = Math.floor(random() * characters.length)
    const term = characters
      .slice(start, start + 1 + Math.floor(random() * 2))
      .join('')
      .trim()
    if (fold(term) !== '') terms.push(term)
  }
  return terms
}
