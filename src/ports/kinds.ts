import type { Change, OwnedKind, RecordKind, RecordOf, SweepRequest, SweptKind } from './storage.js'

/** What the core and the storages must know of a kind to handle its records without knowing what they are. */
export interface KindRules<Kind extends RecordKind> {
  /** One record of the kind, in messages. */
  readonly singular: 'user' | 'session' | 'token' | 'activity' | 'tombstone'
  /** Fields whose values no two records share. The first is the key. */
  readonly unique: readonly (keyof RecordOf<Kind> & string)[]
  readonly isOwned: Kind extends OwnedKind ? true : false
  /** The order of a walk. Only records that have no place in a list are walked by their id. */
  readonly order: 'insertion' | 'id'
  /** Creates the change that stores a record as it is. */
  insertion(record: RecordOf<Kind>): Change
}

/** Every kind, in an order in which they can be copied: a kind comes after those that its records refer to. */
export const kinds: { readonly [Kind in RecordKind]: KindRules<Kind> } = {
  users: {
    singular: 'user',
    unique: ['id', 'emailKey'],
    isOwned: false,
    order: 'insertion',
    insertion: (user) => ({ op: 'insertUser', user }),
  },
  sessions: {
    singular: 'session',
    unique: ['id', 'secretHash'],
    isOwned: true,
    order: 'insertion',
    insertion: (session) => ({ op: 'insertSession', session }),
  },
  tokens: {
    singular: 'token',
    unique: ['id', 'secretHash'],
    isOwned: true,
    order: 'insertion',
    insertion: (token) => ({ op: 'insertToken', token }),
  },
  activity: {
    singular: 'activity',
    unique: [],
    isOwned: true,
    order: 'insertion',
    insertion: (activity) => ({ op: 'appendActivity', activity }),
  },
  tombstones: {
    singular: 'tombstone',
    unique: ['id'],
    isOwned: false,
    order: 'id',
    insertion: (tombstone) => ({ op: 'insertTombstone', tombstone }),
  },
}

/** Whether a sweep deletes a record, for each kind that is swept, in the order in which a step gets to them. */
export const sweptWhen: {
  readonly [Kind in SweptKind]: (record: RecordOf<Kind>, request: SweepRequest) => boolean
} = {
  sessions: ({ expiresAt }, { expiredAt }) => expiresAt <= expiredAt,
  tokens: ({ expiresAt }, { expiredAt }) => expiresAt <= expiredAt,
  activity: ({ at }, { activityBefore }) => activityBefore !== undefined && at < activityBefore,
}

// The types of both tables have no other keys.
export const recordKinds = Object.keys(kinds) as readonly RecordKind[]
export const ownedKinds = recordKinds.filter((kind): kind is OwnedKind => kinds[kind].isOwned)
export const sweptKinds = Object.keys(sweptWhen) as readonly SweptKind[]

/** Returns a value for each kind. */
export function forEachKind<Key extends string, T>(keys: readonly Key[], create: (key: Key) => T): Record<Key, T> {
  // The keys are all there are, as the tables above hold them.
  return Object.fromEntries(keys.map((key) => [key, create(key)])) as Record<Key, T>
}
