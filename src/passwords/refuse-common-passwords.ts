import { fold } from '../domain/search-text.js'
import { hasAtLeast } from '../domain/text.js'

/** What of a user a password must not repeat. */
interface Owner {
  readonly email: string
  readonly name: string
}

// Shorter parts of names and addresses are in too many good passwords.
const shortestWord = 4

/**
 * A policy for `passwordPolicy.refuse`: refuses the 3,000 most common passwords, and those that contain the user's name
 * or the part of the email before the `@` (NIST SP 800-63B-4, 3.1.1.2). Letter case and width do not matter, and in a name
 * neither do accents nor how they are spelt.
 *
 * ```ts
 * createUsersService({ storage, passwordPolicy: { refuse: refuseCommonPasswords() } })
 * ```
 */
export function refuseCommonPasswords(): (password: string, user: Owner) => Promise<string | undefined> {
  let known: Promise<ReadonlySet<string>> | undefined
  return async (password, { email, name }) => {
    const folded = fold(password)
    const words = [email.split('@')[0] ?? '', ...name.split(/\s+/)].map(fold).filter(isLongEnough)
    if (words.some((word) => folded.includes(word))) return 'must not contain the name or the email'
    known ??= loadCommonPasswords()
    return (await known).has(password.normalize('NFKC').toLowerCase())
      ? 'is one of the most common passwords'
      : undefined
  }
}

/** By characters: a syllable of Hangul is folded into its letters. */
function isLongEnough(word: string): boolean {
  return hasAtLeast(word.normalize('NFC'), shortestWord)
}

async function loadCommonPasswords(): Promise<ReadonlySet<string>> {
  const { commonPasswords } = await import('./common-passwords.js')
  return new Set(commonPasswords.trim().split(/\s/))
}
