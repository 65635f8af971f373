import type { Credentials, User } from '../../src/index.js'
import type { Model } from './model.js'
import type { Call } from './surface.js'
import { requireValid } from './validity.js'

/** What was found when a credential was checked. */
export type Checked = Admitted | { readonly isAdmitted: false; readonly userId?: string }

/** The user as of the check. A session lives only while the user's epoch stays what it was then. */
export interface Admitted {
  readonly isAdmitted: true
  readonly user: User
  readonly epoch: number
}

/** Whom a host has recognised by itself. */
export function checkedUser({ existing }: Model, id: string): Checked {
  const { user, sessionEpoch } = existing(id)
  return user.status === 'active' ? { isAdmitted: true, user, epoch: sessionEpoch } : { isAdmitted: false, userId: id }
}

/** Who has this email and this password. */
export function checkedPassword({ withEmail }: Model, { email, password }: Credentials): Checked {
  requireValid({ email })
  const known = withEmail(email)
  if (!known) return { isAdmitted: false }
  const { user, sessionEpoch } = known
  const isAdmitted = known.password === password && user.status === 'active'
  return isAdmitted ? { isAdmitted, user, epoch: sessionEpoch } : { isAdmitted: false, userId: user.id }
}

/** The first half of a call that checks a credential and then writes; between the two, others may write. */
export function firstHalf(core: Model, { name, args }: Call): (() => Checked) | undefined {
  // The arguments are those of the operation of this name.
  if (name === 'createUserSession') return () => checkedUser(core, args[0] as string)
  const hasPassword = name === 'signIn' || name === 'verifyUserPassword'
  return hasPassword ? () => checkedPassword(core, args[0] as Credentials) : undefined
}
