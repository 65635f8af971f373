/** Terms made to be slow: most of 256 characters, all of whose parts are common, and that nobody has. */
import { personAt, seededRandom } from './data.js'

const length = 256
const sampleSize = 2000

export function hostileTerms(config, walks) {
  const random = seededRandom(config.seed + 5)
  const filled = (text) => text.repeat(Math.ceil(length / text.length)).slice(0, length)
  const counts = trigramCounts(config, random)
  const common = [...counts].sort(([, one], [, other]) => other - one).map(([gram]) => gram)
  const named = [
    ['the commonest domain, over and over', filled('mail.example')],
    ['the same, with its parts overlapping', filled('mail.exampleexample.mail')],
    ['two common domains in turns', filled('example.commail.example')],
    ['`ample@mail.ex`', 'ample@mail.ex'],
    ['`example@example`', 'example@example'],
    ['one letter', filled('a')],
    ['one digit', filled('1')],
    ['digits', filled('1234567890')],
    ['an address, over and over', filled(personAt(config, Math.floor(config.count / 3)).user.email)],
    ['rare parts', filled(common.slice(-90).join(''))],
    ['quotes', filled('"')],
    ['common parts, and a rare one at the end', `${filled('mail.example').slice(0, -3)}xqz`],
  ].map(([name, term]) => ({ name, term }))
  const walked = Array.from({ length: walks }, (_, index) => ({
    name: 'a walk over common parts',
    // Of different lengths: it is not said that the longest is the slowest.
    term: walk(common.slice(0, 60 + 20 * (index % 8)), random, index % 2 === 0 ? length : 8 + (index % 24)),
  }))
  return [...named, ...walked]
}

function trigramCounts(config, random) {
  const counts = new Map()
  for (let sample = 0; sample < sampleSize; sample++) {
    const { searchText } = personAt(config, Math.floor(random() * config.count)).user
    const characters = [...searchText]
    for (let place = 0; place + 3 <= characters.length; place++) {
      const gram = characters.slice(place, place + 3).join('')
      if (!gram.includes('\n')) counts.set(gram, (counts.get(gram) ?? 0) + 1)
    }
  }
  return counts
}

/** A text of which every three characters in a row are one of the common ones, as far as they can be joined. */
function walk(common, random, wanted) {
  const pick = (list) => list[Math.floor(random() * list.length)]
  let text = pick(common)
  while (text.length < wanted) {
    const following = common.filter((gram) => gram.startsWith(text.slice(-2)))
    text += following.length > 0 ? pick(following).slice(2) : pick(common)
  }
  return text.slice(0, wanted)
}
