/** A fault put into the sources, and a test that must fail for it. */
export interface Mutant {
  /** What is wrong with the mutant: "a block leaves the sessions alive". */
  readonly fault: string
  readonly file: string
  /** What stands in the file once. */
  readonly find: string
  readonly replace: string
  readonly killedBy: {
    readonly file: string
    /** The name of the test, or its beginning. */
    readonly test: string
  }
}
