import { shown } from './shown.js'
import { UsersError } from './users-error.js'

/** What `copyUsers` found different where the two storages must have the same. */
export type CopiedKind = 'user' | 'session' | 'activity' | 'tombstone'

/** The target of a copy holds something else than an earlier part of the same copy. Nothing was written over it. */
export class CopyCollisionError extends UsersError {
  readonly code = 'copy-collision'
  constructor(
    readonly kind: CopiedKind,
    readonly id: string,
    options?: { cause?: unknown },
  ) {
    super(
      `the ${kind} ${shown(id)} is not the same in both storages: copy into an empty one, and let nobody write to either`,
      options,
    )
  }
}
