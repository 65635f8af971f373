import { fold } from '../domain/search-text.js'
import { hasAtLeast } from '../domain/text.js'

/** The parts of a user that a password must not contain. */
interface Owner {
  readonly email: string
  readonly name: string
}

// Shorter parts of names and addresses occur in too many good passwords.
const shortestWord = 4

/**
 * A policy for `passwordPolicy.refuse`: refuses the 3,000 most common passwords, and those that contain the user's name
 * or the part of the email before the `@` (NIST SP 800-63B-4, 3.1.1.2). It ignores letter case and width, and accents
 * in names.
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

/** Counts composed characters, since folding decomposes Hangul syllables. */
function isLongEnough(word: string): boolean {
  return hasAtLeast(word.normalize('NFC'), shortestWord)
}

async function loadCommonPasswords(): Promise<ReadonlySet<string>> {
  const { commonPasswords } = await import('./common-passwords.js')
  return new Set(commonPasswords.trim().split(/\s/))
}
