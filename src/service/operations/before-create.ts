import type { KnownCaller } from '../../domain/caller.js'
import { copyOf } from '../../domain/copy-of.js'
import type { User } from '../../domain/user.js'
import { UserRefusedError } from '../../errors/index.js'
import type { Call, Core } from '../core.js'
import { kindOf, textOrNothing, wrongAnswer } from '../runtime/host-answers.js'

/** A user that is about to be created, checked and with all defaults. The password is not in it. */
export interface UserToCreate
  extends Pick<User, 'email' | 'emailVerified' | 'name' | 'status' | 'prefs' | 'hasPassword'> {
  /** The id that the caller chose. The service makes the others later. */
  readonly id?: string
}

/** Who creates the user, and until when somebody waits for the answer. */
export interface CreationCall {
  readonly by: KnownCaller
  readonly signal?: AbortSignal
}

/** Returns `undefined` to let a user be created, or why not. */
export type BeforeCreate = (user: UserToCreate, call: CreationCall) => string | undefined | Promise<string | undefined>

/**
 * Asks the host whether a user may be created.
 *
 * @throws {UserRefusedError} with the host's reason.
 * @throws {InvalidOptionsError} when the host answers neither yes nor why not.
 */
export async function refuseByHost(core: Core, user: UserToCreate, call: Call): Promise<void> {
  const { beforeCreate } = core.options
  if (!beforeCreate) return
  // A copy, so that the host's function decides and changes nothing.
  const answer: unknown = await beforeCreate(copyOf(user), call)
  if (typeof answer === 'string') throw new UserRefusedError(answer)
  if (answer !== undefined) throw wrongAnswer('beforeCreate', textOrNothing, kindOf(answer))
}
