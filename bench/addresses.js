/** Makes e-mail addresses as people have them, under domains that are reserved for examples. */
import { weightedChoice, zipf } from './random.js'

// Four fifths of all people are with a few providers; behind them come some 250 firms, large and small.
const providers = [
  ['mail.example', 40],
  ['example.com', 12],
  ['hotmail.example', 8],
  ['outlook.example', 6],
  ['cloud.example', 3],
  ['example.org', 3],
  ['post.example.net', 3],
  ['web.example.net', 2],
  ['bücher.example', 0.6],
  ['почта.example', 0.6],
  ['邮件.example', 0.6],
]
const trades = 'acme alpha atlas baker blue bright city coast delta east forest global green harbour hill iron'
const kinds = 'bank books care design energy farm foods group health labs legal logistics media motors school systems'
const firms = trades.split(' ').flatMap((trade, row) =>
  kinds.split(' ').map((_, column, all) => {
    const kind = all[(row + column) % all.length]
    return row % 3 === 0 ? `${trade}-${kind}.example.org` : `${trade}${kind}.example.com`
  }),
)
const chooseProvider = weightedChoice(
  [...providers, ['', 100 - providers.reduce((sum, [, share]) => sum + share, 0)]],
  ([, share]) => share,
)
const chooseFirm = weightedChoice(firms, zipf)

const consonants = 'bcdfghjklmnprstvz'
const vowels = 'aeiou'
const nicknames = (consonants.length * vowels.length) ** 4
const purposes = ['news', 'shop', 'games', 'work']

/** An address that nobody else in the series has: the number of the person is in it, as digits or as syllables. */
export function addressOf({ given, family, index, random }) {
  const local = localPart({ given, family, index, style: random(), number: random() })
  const [provider] = chooseProvider(random())
  const domain = provider || chooseFirm(random())
  // Some write their names with capitals, in an address too.
  return random() < 0.06 ? `${capitalised(local)}@${domain}` : `${local}@${domain}`
}

function localPart({ given, family, index, style, number }) {
  if (style < 0.3) return `${given}.${family}${index}`
  if (style < 0.45) return `${given}${family}${index}`
  if (style < 0.55) return `${given[0]}.${family}${index}`
  if (style < 0.62) return `${family}.${given}${index}`
  if (style < 0.68) return `${given}${index}`
  if (style < 0.74) return `${given}.${family}+${purposes[Math.floor(number * purposes.length)]}${index}`
  if (style < 0.86) return `${syllables(index)}_${Math.floor(number * 100)}`
  return `${given}.${syllables(index)}-${family}`
}

/** A number below 52 million as something that can be spoken, as nicknames are. Neighbours do not sound alike. */
function syllables(index) {
  let rest = (index * 31_415_927 + 2_718_281) % nicknames
  let text = ''
  for (let count = 0; count < 4; count++) {
    const syllable = rest % (consonants.length * vowels.length)
    text += consonants[syllable % consonants.length] + vowels[Math.floor(syllable / consonants.length)]
    rest = Math.floor(rest / (consonants.length * vowels.length))
  }
  return text
}

const capitalised = (text) => text.replace(/(?:^|[.])\w/g, (letter) => letter.toUpperCase())
