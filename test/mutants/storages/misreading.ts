import type { Change, UsersStorage } from '../../../src/ports/storage.js'
import type { StorageMutant } from '../mutant.js'

type Alteration = (change: Change, storage: UsersStorage) => Change | Promise<Change>

/** A fault in how one change is understood. */
export function misreading(alteration: Alteration): StorageMutant['alter'] {
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
