/** @module The core: the users service, its types and its errors. Loads no native code and no database. */

export type {
  Activity,
  CommittedActivity,
  DescribedActivity,
  HostActivity,
  ServiceActivity,
  ServiceEvent,
} from './domain/activity.js'
export { serviceEvents } from './domain/activity.js'
export type { Caller, KnownCaller } from './domain/caller.js'
export type { ClientInfo, DescribeClient, Locate, Location } from './domain/client-info.js'
export type { IdKind } from './domain/ids.js'
export type { JsonObject, JsonValue } from './domain/json.js'
export { limits } from './domain/limits.js'
export type { Page, UserOrder } from './domain/page.js'
export type { Prefs } from './domain/prefs.js'
export type { DescribedSession, Session, SessionRecord } from './domain/session.js'
export type { TokenRecord } from './domain/token.js'
export type { User, UserRecord, UserStatus } from './domain/user.js'
export * from './errors/index.js'
export { type Argon2idCost, argon2id } from './passwords/argon2id.js'
export { refuseCommonPasswords } from './passwords/refuse-common-passwords.js'
export type { Logger } from './ports/logger.js'
export type { PasswordHasher } from './ports/password-hasher.js'
export type {
  Change,
  OwnedKind,
  Range,
  RecordKind,
  RecordKinds,
  RecordOf,
  SessionRange,
  StorageCapabilities,
  SweepRequest,
  SweepResult,
  SweptKind,
  Tombstone,
  UserKey,
  UserQuery,
  UsersStorage,
  Walk,
} from './ports/storage.js'
export type { Copied } from './service/copy/copied-kind.js'
export { type CopyUsersOptions, copyUsers } from './service/copy/copy-users.js'
export { createUsersService } from './service/create-users-service.js'
export type {
  BeforeCreate,
  CreationCall,
  PasswordRejection,
  UsersServiceOptions,
  UserToCreate,
} from './service/options.js'
export type { OperationTrace } from './service/runtime/tracing.js'
export type {
  CallOptions,
  Credentials,
  IterateUsersQuery,
  ListQuery,
  ListUsersQuery,
  NewSession,
  NewUser,
  SweepOptions,
  Swept,
  UsersInTransaction,
  UsersService,
} from './service/users-service.js'
