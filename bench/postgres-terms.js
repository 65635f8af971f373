/** What people type into a search of users: names, parts of them, addresses, ids, and what nobody is called. */
import { fold } from '../dist/src/domain/search-text.js'
import { personAt, seededRandom } from './data.js'
import { familyNames, givenNames } from './words.js'

/** Answers terms of three characters and more, in a mixed order. */
export function mixedTerms(config, count) {
  const random = seededRandom(config.seed + 7)
  const one = (list) => list[Math.floor(random() * list.length)]
  const someone = () => personAt(config, Math.floor(random() * config.count)).user
  const part = (text, length) => {
    const characters = [...text]
    const first = Math.floor(random() * Math.max(1, characters.length - length))
    return characters.slice(first, first + length).join('')
  }
  const kinds = [
    () => one(familyNames)[0],
    () => one(familyNames)[0],
    () => one(givenNames)[0],
    () => someone().name,
    () => someone().email,
    () => someone().email.split('@')[0],
    () => part(someone().email, 4),
    () => part(someone().name, 3),
    () => part(someone().id, 6),
    () => `${part(one(familyNames)[0], 4)}zq`,
  ]
  const terms = []
  for (let index = 0; terms.length < count; index++) {
    const term = kinds[index % kinds.length]().trim()
    if ([...fold(term)].length >= 3) terms.push(term)
  }
  return terms
}
