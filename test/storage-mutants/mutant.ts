import type { Change, UsersStorage } from '../../src/ports/storage.js'

/** A storage with one fault, and a case of the contract that must find it. */
export interface Mutant {
  readonly fault: string
  readonly caughtBy: string
  readonly alter: (storage: UsersStorage) => Partial<UsersStorage>
  /** What is opened again over what was kept: all of it when absent. */
  readonly reopened?: (kept: UsersStorage) => Promise<UsersStorage> | UsersStorage
}

type Alteration = (change: Change, storage: UsersStorage) => Change | Promise<Change>

/** A fault in how one change is understood. */
export function misreading(alteration: Alteration): Mutant['alter'] {
  return (storage) => ({
    async commit(changes) {
      await storage.commit(await Promise.all(changes.map((change) => alteration(change, storage))))
    },
  })
}

/** Answers whose change it is, or '' for one that does not say. */
export function userOf(change: Change): string {
  if ('user' in change) return change.user.id
  if ('userId' in change) return change.userId
  if (change.op === 'insertSession') return change.session.userId
  return change.op === 'appendActivity' ? (change.activity.userId ?? '') : ''
}

/** A moment so many milliseconds after another one. */
export function later(date: Date, milliseconds: number): Date {
  return new Date(date.getTime() + milliseconds)
}
