// Ctrl-C under `npm run` may arrive twice, from the terminal and from npm.
const sameMs = 500
const orphanedMs = 250

/** Returns a signal that is aborted by the first SIGINT, SIGTERM or SIGHUP; a second one ends the process at once. */
export function stopSignal() {
  const stopping = new AbortController()
  let since = 0
  const stop = () => {
    if (!stopping.signal.aborted) {
      since = Date.now()
      stopping.abort()
    } else if (Date.now() - since > sameMs) process.exit(1)
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, stop)
  if (process.env.npm_lifecycle_event) stopWhenOrphaned(() => stopping.signal.aborted || stop())
  return stopping.signal
}

/** Whoever ends `npm run` by a SIGTERM ends npm and its shell; some shells die of it without telling their child. */
function stopWhenOrphaned(stop) {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    stop()
  }, orphanedMs)
  watch.unref()
}
