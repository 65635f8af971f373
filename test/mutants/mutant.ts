import type { UsersStorage } from '../../src/ports/storage.js'

/** A fault that a test must find. */
interface Fault {
  /** What is wrong: "a block leaves the sessions alive". */
  readonly fault: string
}

/** A fault put into the sources. Its place is found in the syntax, so that an edit nearby does not move it. */
export interface SourceMutant extends Fault {
  readonly file: string
  /** The function, method, property or constant in which the place is. The whole file when absent. */
  readonly within?: string
  /**
   * The code that is there once, as a pattern of ast-grep: `$A` stands for any expression and `$$$` for any number of
   * them. White space does not count.
   */
  readonly code?: string
  /** In the place of `code`: a text that is there once, for SQL in a template. */
  readonly text?: string
  /** What comes in its place. `$A` stands for what it stood for. */
  readonly becomes: string
  readonly killedBy: {
    readonly file: string
    /** The name of the test, or its beginning. */
    readonly test: string
  }
}

/** A storage with a fault, which a case of the storage contract must find. */
export interface StorageMutant extends Fault {
  readonly alter: (storage: UsersStorage) => Partial<UsersStorage>
  /** What is opened again over what was kept: all of it when absent. */
  readonly reopened?: (kept: UsersStorage) => Promise<UsersStorage> | UsersStorage
  /** The name of the case. */
  readonly killedBy: string
}
