import * as v from 'valibot'
import type { ClientInfo, Location } from './client-info.js'
import type { JsonObject } from './json.js'
import { limits } from './limits.js'
import type { UserStatus } from './user.js'

/** The events that the service records itself. Hosts may record others, under names of their own. */
export const serviceEvents = [
  'user.created',
  'user.name-updated',
  'user.email-updated',
  'user.password-updated',
  'user.status-updated',
  'user.prefs-updated',
  'user.deleted',
  'session.created',
  'session.deleted',
  'session.all-deleted',
  'sign-in.failed',
] as const

/** The name of an event that the service records itself. */
export type ServiceEvent = (typeof serviceEvents)[number]

/** One thing that happened, as it is stored and as `onEvent` receives it. Never changed once written. */
export interface Activity {
  readonly id: string
  readonly event: ServiceEvent | (string & {})
  /** Absent for a failed sign-in with an unknown email. */
  readonly userId?: string
  readonly at: Date
  readonly actor?: string
  readonly ip?: string
  readonly userAgent?: string
  /** What changed: the new status, the names of the settings, the session. Never a value of the preferences. */
  readonly details?: JsonObject
}

/** An activity entry with what its user agent and IP address reveal. */
export interface DescribedActivity extends Activity, ClientInfo {
  readonly location?: Location
}

/** The name of an event that a host records: words of a-z and 0-9, joined by `.` or `-`. */
export const hostEventSchema = v.pipe(
  v.string('must be a string'),
  v.maxLength(limits.eventLength, `must have at most ${limits.eventLength} characters`),
  v.regex(/^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/, 'must be words of a-z and 0-9 joined by "." or "-"'),
  v.check((event) => !serviceEvents.some((known) => known === event), 'is recorded by the service itself'),
  // The check before has refused every other.
  v.transform((event) => event as HostEvent),
)

/** The fields of every entry, whatever happened. */
type Stamp = Omit<Activity, 'event' | 'userId' | 'details'>

interface AboutUser {
  readonly userId: string
  readonly details?: never
}

interface AboutSession {
  readonly userId: string
  readonly details: { readonly sessionId: string }
}

/** What the entry of each event contains. */
interface ServiceEntries {
  readonly 'user.created': AboutUser
  readonly 'user.name-updated': AboutUser
  readonly 'user.email-updated': AboutUser
  readonly 'user.password-updated': AboutUser
  readonly 'user.status-updated': { readonly userId: string; readonly details: { readonly status: UserStatus } }
  readonly 'user.prefs-updated': { readonly userId: string; readonly details: { readonly keys: readonly string[] } }
  readonly 'user.deleted': AboutUser
  readonly 'session.created': AboutSession
  readonly 'session.deleted': AboutSession
  readonly 'session.all-deleted': AboutUser
  readonly 'sign-in.failed': Partial<AboutUser>
}

/** What the service says in an entry; the core adds who did it and when. */
export type ServiceEntry = {
  [Event in ServiceEvent]: { readonly event: Event } & ServiceEntries[Event]
}[ServiceEvent]

/** An entry written by the service: `event` determines `details`. */
export type ServiceActivity = Stamp & ServiceEntry

// An opaque event name, so that comparing with a known name narrows host events out; plain `string` would not.
declare enum HostEvent {
  text = '',
}

/** What a host says in an entry. */
export interface HostEntry<Name extends string = never> {
  readonly event: Name | HostEvent
  readonly userId: string
  readonly details?: JsonObject
}

/** An entry written by the host through `recordUserActivity`. */
export type HostActivity<Name extends string = never> = Stamp & HostEntry<Name>

/**
 * An entry as `onEvent` receives it: `switch (entry.event)` narrows `details` and `userId`. To compare with events of
 * your own, name them:
 *
 * ```ts
 * function onEvent(entry: CommittedActivity<'invoice.paid'>) {
 *   if (entry.event === 'invoice.paid') console.log(entry.userId, entry.details)
 *   if (entry.event === 'user.status-updated') console.log(entry.userId, entry.details.status)
 * }
 * ```
 */
export type CommittedActivity<Name extends string = never> = ServiceActivity | HostActivity<Name>
