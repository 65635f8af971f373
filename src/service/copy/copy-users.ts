import * as v from 'valibot'
import { untilAborted } from '../../domain/abort.js'
import { checkedOptions, functionOption, type SchemaOf } from '../../domain/options.js'
import { InvalidOptionsError } from '../../errors/index.js'
import { forEachKind, recordKinds } from '../../ports/kinds.js'
import type { UsersStorage } from '../../ports/storage.js'
import { signalSchema } from '../arguments.js'
import { storageOption } from '../options.js'
import { retryingStorage } from '../runtime/retries.js'
import { type Copied, type CopyStep, copiedKind } from './copied-kind.js'

/** How to follow a copy, and how to stop it. */
export interface CopyUsersOptions {
  /**
   * Called after each step with how much of the source the target has by now. What it throws ends the copy. By default
   * nothing is called.
   */
  readonly onProgress?: ((copied: Copied) => void) | undefined
  /**
   * Rejects the call at once and ends the copy after its current step. What is copied stays, and the next call resumes
   * there. By default nothing aborts it.
   */
  readonly signal?: AbortSignal | undefined
}

/**
 * Copies everything from one storage to another: users in the order of registration, their sessions and passwords, all
 * activity, and the ids of deleted users. Positions (`next`) of the old storage mean nothing in the new.
 *
 * ```ts
 * await copyUsers(sqliteStorage('users.db'), postgresStorage({ connectionString }), { onProgress: console.log })
 * ```
 *
 * The target must be empty, or hold what an earlier call copied. Calling again resumes a copy that was aborted or died,
 * and verifies one that is complete: all that the target holds is compared before anything is written. Nobody may write
 * to either storage meanwhile: stop the app, copy, start it on the target.
 *
 * It holds a few hundred records at a time and lets other work of the process run in between. It closes neither
 * storage.
 *
 * @throws {CopyCollisionError} naming the first record that differs.
 * @throws {InvalidOptionsError}
 * @throws {StorageFailedError} or {WriteContentionError}, as the storages do.
 */
export async function copyUsers(from: UsersStorage, to: UsersStorage, options: CopyUsersOptions = {}): Promise<Copied> {
  const { source, target, onProgress, signal } = checkedArguments(from, to, options)
  const copied = forEachKind(recordKinds, () => 0)
  const step: CopyStep = (kind, count) => {
    copied[kind] += count
    if (count > 0) onProgress?.({ ...copied })
    signal?.throwIfAborted()
  }
  signal?.throwIfAborted()
  async function copy(): Promise<Copied> {
    const copies = recordKinds.map((kind) => copiedKind(kind, { source, target, step }))
    for (const copy of copies) await copy.compare()
    for (const copy of copies) await copy.copyRest()
    return copied
  }
  return signal ? untilAborted(signal, copy()) : copy()
}

const storagesSchema = v.strictObject({ from: storageOption, to: storageOption })
const optionsSchema = v.strictObject({
  onProgress: v.optional(functionOption<NonNullable<CopyUsersOptions['onProgress']>>()),
  signal: v.optional(signalSchema),
} satisfies SchemaOf<CopyUsersOptions>)

function checkedArguments(from: UsersStorage, to: UsersStorage, options: CopyUsersOptions) {
  checkedOptions('copyUsers', storagesSchema, { from, to })
  const { signal, onProgress } = checkedOptions('copyUsers', optionsSchema, options)
  if (from === to) throw new InvalidOptionsError('copyUsers: from and to must be two storages')
  return { source: retryingStorage(from), target: retryingStorage(to), signal, onProgress }
}
