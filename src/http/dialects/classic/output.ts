import type { DescribedActivity, ServiceEvent } from '../../../domain/activity.js'
import type { Location } from '../../../domain/client-info.js'
import type { Page } from '../../../domain/page.js'
import type { DescribedSession } from '../../../domain/session.js'
import type { User, UserStatus } from '../../../domain/user.js'
import { clientFields } from './client.js'

/** The numbers of Appwrite's API. */
export const classicStatuses: Readonly<Record<UserStatus, number>> = { disabled: 0, active: 1, blocked: 2 }

// Appwrite's names for what its accounts do, and two in the same manner for what it never logged.
const events: Record<ServiceEvent, string> = {
  'user.created': 'account.create',
  'user.name-updated': 'account.update.name',
  'user.email-updated': 'account.update.email',
  'user.password-updated': 'account.update.password',
  'user.status-updated': 'account.update.status',
  'user.prefs-updated': 'account.update.prefs',
  'user.deleted': 'account.delete',
  'session.created': 'account.sessions.create',
  'session.deleted': 'account.sessions.delete',
  'session.all-deleted': 'account.sessions.delete',
  'sign-in.failed': 'account.sessions.failed',
}
const eventNames = new Map<string, string>(Object.entries(events))

/** The names of the service's own events. */
export const classicEvents: readonly string[] = [...new Set(Object.values(events))]

/** From domain to wire: a user on its own. */
export function userOutput(user: User) {
  return { ...listedUser(user), roles: [] }
}

/** From domain to wire: a page of users. `sum` stops at 5,000 for a search. */
export function userListOutput({ items, total = 0 }: Page<User>) {
  return { sum: total, users: items.map(listedUser) }
}

/** From domain to wire: sessions, as a bare array. */
export function sessionsOutput({ items }: Page<DescribedSession>) {
  return items.map((session) => ({
    $id: session.id,
    ...originFields(session),
    ip: session.ip ?? '',
    geo: geoField(session.location),
  }))
}

/** From domain to wire: activity, as a bare array, with who did it and what changed besides what SDKs read. */
export function logsOutput({ items }: Page<DescribedActivity>) {
  return items.map((activity) => ({
    event: eventNames.get(activity.event) ?? activity.event,
    actor: activity.actor ?? '',
    details: activity.details ?? {},
    ip: activity.ip ?? '',
    time: unixSeconds(activity.at),
    ...originFields(activity),
    geo: geoField(activity.location),
  }))
}

/** The body of a successful delete. */
export function successOutput() {
  return { result: 'success' }
}

function listedUser(user: User) {
  return {
    $id: user.id,
    status: classicStatuses[user.status],
    email: user.email,
    registration: unixSeconds(user.createdAt),
    emailVerification: user.emailVerified,
    name: user.name,
  }
}

function originFields(item: DescribedSession | DescribedActivity) {
  return clientFields(item.userAgent === undefined ? undefined : item)
}

function geoField(location: Location | undefined) {
  return { isoCode: location?.countryCode.toLowerCase() ?? '--', country: location?.countryName ?? 'Unknown' }
}

function unixSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000)
}
