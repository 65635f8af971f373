import type { Caller } from '../domain/caller.js'
import { fold } from '../domain/search-text.js'
import type { NewUser } from '../service/users-service.js'
import { password, testIp, userAgents } from './input-builders.js'
import { seededRandom } from './random.js'

/** A made-up person: a user with a name of some script and settings, and a caller. */
export interface Person {
  readonly user: NewUser
  readonly by: Caller
  /** A random number from 0 to less than 1, to decide what else they did. */
  readonly chance: number
}

// Names that go together. Given names come first, except where the family name does.
const families = [
  {
    language: 'en',
    given: 'Ada Grace Oliver Ngozi Samuel Chloe',
    family: "Bennett O'Hara Okafor McAllister Clarke Eze",
  },
  { language: 'es', given: 'José Lucía Mateo Sofía Ximena Íñigo', family: 'García Núñez Peña Ibáñez Castro Vidal' },
  { language: 'pt', given: 'João Inês Ana Caetano Beatriz Luís', family: 'Souza Lima Conceição Araújo Magalhães Reis' },
  { language: 'de', given: 'Lukas Jürgen Zoë Anneliese Björn Käthe', family: 'Müller Weiß Groß Schröder Vogel Jäger' },
  { language: 'da', given: 'Søren Åse Mette Jørgen Freja Bjørn', family: 'Østergård Kjær Nørgaard Holm Sjøberg Lund' },
  {
    language: 'pl',
    given: 'Zofia Łukasz Agnieszka Paweł Róża Jan',
    family: 'Wójcik Kowalczyk Zając Dąbrowski Król Lis',
  },
  {
    language: 'fr',
    given: 'Claire Inès Théo Noël Maëlle François',
    family: 'Lefèvre Moreau Bézier Garçon Dubois Rançon',
  },
  { language: 'vi', given: 'Hoà Thuý Đức Minh Ánh Quỳnh', family: 'Nguyễn Trần Phạm Đặng Lê Vũ', isFamilyFirst: true },
  { language: 'uk', given: 'Олександр Оксана Дмитро Соломія', family: 'Шевченко Коваленко Бондар Лисенко' },
  { language: 'el', given: 'Ελένη Γιώργος Μαρία Νίκος', family: 'Παπαδοπούλου Ιωάννου Νικολάου Αγγελής' },
  { language: 'ja', given: '由紀 陽翔 さくら 健太', family: '田中 佐藤 鈴木 高橋', isFamilyFirst: true },
  { language: 'ar', given: 'ليلى فاطمة يوسف عمر', family: 'حسن منصور خليل سعيد' },
  { language: 'hi', given: 'अर्जुन प्रिया मीरा रोहन', family: 'मेहता शर्मा पटेल सिंह' },
].map(({ given, family, ...rest }) => ({ ...rest, given: given.split(' '), family: family.split(' ') }))

/** Generates people, determined by the seed, each with an email of their own. */
export function personGenerator(seed: number): () => Person {
  const random = seededRandom(seed)
  const pick = <T>(items: readonly [T, ...T[]] | readonly T[]): T => items[Math.floor(random() * items.length)] as T
  let count = 0
  return () => {
    const number = ++count
    const { language, given, family, isFamilyFirst } = pick(families)
    const names = [pick(given), pick(family)]
    const name = (isFamilyFirst ? names.toReversed() : names).join(' ')
    const status = random() < 0.9 ? 'active' : random() < 0.5 ? 'blocked' : 'disabled'
    const user = {
      email: `${localPart(names)}.${number}@example.com`,
      name,
      password,
      status,
      emailVerified: status !== 'disabled' && random() < 0.9,
      prefs: { language, theme: pick(['light', 'dark', 'system']), newsletter: random() < 0.3 },
    } as const
    return { user, by: { ip: testIp(number), userAgent: pick(userAgents) }, chance: random() }
  }
}

/** Spells names for an email address. */
function localPart(names: readonly string[]): string {
  const letters = names.map((name) => fold(name).replaceAll(/[^a-z]/g, '')).filter((name) => name !== '')
  return letters.join('.') || 'user'
}
