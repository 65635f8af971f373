import type { ConflictReason } from '../../../src/errors/index.js'
import { recordKinds } from '../../../src/ports/kinds.js'
import type { RecordKind } from '../../../src/ports/storage.js'
import { numberColumns, type SqlKind } from '../columns.js'
import { activity } from './activity.js'
import { sessions } from './sessions.js'
import { tombstones } from './tombstones.js'
import { users } from './users.js'

/** How each kind is stored. */
export const sqlKinds = { users, sessions, activity, tombstones }

/** The same, of any kind. */
export function sqlKind(kind: RecordKind): Pick<SqlKind<RecordKind, never>, 'columns' | 'conflicts'> {
  return sqlKinds[kind]
}

/** A constraint that a commit can violate when another one was quicker. */
export type ConflictingConstraint = {
  [Kind in RecordKind]: (typeof sqlKinds)[Kind] extends { conflicts: infer Conflicts } ? keyof Conflicts : never
}[RecordKind]

/** Returns the conflict that a violated constraint stands for. */
export function conflictOfConstraint(name: string): ConflictReason | undefined {
  return recordKinds.map((kind) => sqlKind(kind).conflicts?.[name]).find((reason) => reason !== undefined)
}

/** The columns of any result that hold whole numbers, whatever a driver makes of a `bigint`. */
export const wholeNumberColumns: ReadonlySet<string> = new Set([
  'seq',
  'count',
  ...recordKinds.flatMap((kind) => numberColumns(sqlKind(kind).columns)),
  ...numberColumns(sessions.columns).map((column) => `session_${column}`),
])
