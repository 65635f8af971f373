/** What of a user a password must not repeat. */
interface Owner {
  readonly email: string
  readonly name: string
}

// Shorter parts of names and addresses are in too many good passwords.
const shortestWord = 4

/**
 * A policy for `passwordPolicy.refuse`: refuses the 3,000 most common passwords, and those that contain the user's name
 * or the part of the email before the `@` (NIST SP 800-63B-4, 3.1.1.2). Letter case does not matter.
 *
 * ```ts
 * createUsersService({ storage, passwordPolicy: { refuse: refuseCommonPasswords() } })
 * ```
 */
export function refuseCommonPasswords(): (password: string, user: Owner) => Promise<string | undefined> {
  let known: Promise<ReadonlySet<string>> | undefined
  return async (password, { email, name }) => {
    const plain = password.toLowerCase()
    const words = [email.split('@')[0] ?? '', ...name.split(/\s+/)].filter((word) => word.length >= shortestWord)
    if (words.some((word) => plain.includes(word.toLowerCase()))) return 'must not contain the name or the email'
    known ??= loadCommonPasswords()
    return (await known).has(plain) ? 'is one of the most common passwords' : undefined
  }
}

async function loadCommonPasswords(): Promise<ReadonlySet<string>> {
  const { commonPasswords } = await import('./common-passwords.js')
  return new Set(commonPasswords.trim().split(/\s/))
}
