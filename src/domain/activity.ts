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
)

type About<Event> = Omit<Activity, 'event' | 'userId' | 'details'> & { readonly event: Event; readonly userId: string }

/** An entry written by the service: `event` determines `details`. */
export type ServiceActivity =
  | (About<
      | 'user.created'
      | 'user.name-updated'
      | 'user.email-updated'
      | 'user.password-updated'
      | 'user.deleted'
      | 'session.all-deleted'
    > & { readonly details?: never })
  | (About<'user.status-updated'> & { readonly details: { readonly status: UserStatus } })
  | (About<'user.prefs-updated'> & { readonly details: { readonly keys: readonly string[] } })
  | (About<'session.created' | 'session.deleted'> & { readonly details: { readonly sessionId: string } })
  | (Omit<Activity, 'event' | 'details'> & { readonly event: 'sign-in.failed'; readonly details?: never })

// An opaque event name, so that comparing with a known name narrows host events out; plain `string` would not.
declare enum HostEvent {
  text = '',
}

/** An entry written by the host through `recordUserActivity`. */
export type HostActivity<Name extends string = never> = About<Name | HostEvent> & { readonly details?: JsonObject }

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
