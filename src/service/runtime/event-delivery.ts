import type { Activity } from '../../domain/activity.js'
import type { CommittedActivity } from '../../domain/committed-activity.js'
import { copyOf } from '../../domain/copy-of.js'
import type { Logger } from '../../ports/logger.js'

type Listener = (entry: CommittedActivity) => void | Promise<void>

/** Hands committed entries to the host's listener, whose errors are its own: the change stands. */
export function createEventDelivery(listener: Listener | undefined, logger: Logger): (activity: Activity) => void {
  if (!listener) return () => {}
  const report = (error: unknown, event: string) =>
    logger.error({ err: error, event }, 'rollbook: onEvent threw; the change it was told of stands')
  return (activity) => {
    try {
      // A copy, so that a listener cannot change what another part of the process goes on to use.
      // The core writes no others with these events, and refuses their names to hosts.
      const told = listener(copyOf(activity) as CommittedActivity)
      // Also a promise of another realm or library, which is no instance of ours.
      Promise.resolve(told).catch((error: unknown) => report(error, activity.event))
    } catch (error) {
      report(error, activity.event)
    }
  }
}
