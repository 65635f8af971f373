import { UsersError } from './users-error.js'

/** The connection was lost, or the disk failed, during a commit: the change was made as a whole, or not at all. */
export class CommitOutcomeUnknownError extends UsersError {
  readonly code = 'commit-outcome-unknown'
  constructor(options?: { cause?: unknown }) {
    super(
      'the connection was lost or the disk failed during a commit, so the change may have been made: read before you try again',
      options,
    )
  }
}
