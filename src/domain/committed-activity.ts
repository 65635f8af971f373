import type { Activity } from './activity.js'
import type { JsonObject } from './json.js'
import type { UserStatus } from './user.js'

type About<Event> = Omit<Activity, 'event' | 'userId' | 'details'> & { readonly event: Event; readonly userId: string }

/** An entry that the service has written: `event` says what is in `details`. */
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

// A text that equals none of the names that are known here. There is no other way to say so: with a `string` in its
// place, no comparison with the name of an event of the service would leave the host's entries out.
declare enum HostEvent {
  text = '',
}

/** An entry that the host has written by `recordUserActivity`. */
export type HostActivity<Name extends string = never> = About<Name | HostEvent> & { readonly details?: JsonObject }

/**
 * An entry as `onEvent` gets it: `switch (entry.event)` narrows `details` and `userId`. To compare with events of your
 * own, name them:
 *
 * ```ts
 * function onEvent(entry: CommittedActivity<'invoice.paid'>) {
 *   if (entry.event === 'invoice.paid') console.log(entry.userId, entry.details)
 *   if (entry.event === 'user.status-updated') console.log(entry.userId, entry.details.status)
 * }
 * ```
 */
export type CommittedActivity<Name extends string = never> = ServiceActivity | HostActivity<Name>
