import { UsersError } from './users-error.js'

declare module './users-error.js' {
  interface UsersErrors {
    'inside-transaction': InsideTransactionError
    'cannot-join-transaction': CannotJoinTransactionError
    'transaction-conflict': TransactionConflictError
  }
}

/** The host's database handle is inside a transaction, which our commit must not join silently. */
export class InsideTransactionError extends UsersError {
  readonly code = 'inside-transaction'
  constructor() {
    super('the database handle is inside a transaction of the host: call the users service before or after it')
  }
}

/** The storage cannot join a transaction of the host. */
export class CannotJoinTransactionError extends UsersError {
  readonly code = 'cannot-join-transaction'
  constructor() {
    super(
      'this storage cannot join a transaction of the host: call the service before or after it, or use a storage that can, such as postgresStorage({ pool })',
    )
  }
}

/** The host's transaction conflicts with another one. The host should roll back and run it again. */
export class TransactionConflictError extends UsersError {
  readonly code = 'transaction-conflict'
  constructor(options?: { cause?: unknown }) {
    super('another transaction was in the way: roll yours back and run it again from the start', options)
  }
}
