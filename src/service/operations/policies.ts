/** What a host may refuse: new users and new passwords. */

import { copyOf } from '../../domain/copy-of.js'
import { invalid } from '../../domain/input.js'
import { UserRefusedError } from '../../errors/index.js'
import type { Call } from '../arguments.js'
import type { Core } from '../core.js'
import type { UserToCreate } from '../options.js'
import { checkedReason } from '../runtime/host-functions.js'

/**
 * Asks the host whether a user may be created.
 *
 * @throws {UserRefusedError} with the host's reason.
 * @throws {InvalidOptionsError} when the host neither accepts the user nor gives a reason.
 */
export async function refuseByHost(core: Core, user: UserToCreate, call: Call): Promise<void> {
  // A copy, so that the host's function decides and changes nothing.
  const reason = checkedReason('beforeCreate', await core.options.beforeCreate?.(copyOf(user), call))
  if (reason !== undefined) throw new UserRefusedError(reason)
}

/**
 * Asks the host's policy about a new password.
 *
 * @throws {InvalidInputError} when the policy refuses the password.
 * @throws {InvalidOptionsError} when it neither accepts it nor gives a reason.
 */
export async function refuseByPolicy(
  core: Core,
  password: string,
  user: { readonly email: string; readonly name: string },
): Promise<void> {
  const { refuse } = core.options.passwordPolicy
  const reason = checkedReason(
    'passwordPolicy.refuse',
    await refuse?.(password, { email: user.email, name: user.name }),
  )
  if (reason !== undefined) throw invalid('password', reason)
}
