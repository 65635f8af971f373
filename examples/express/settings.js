import { generateApiKey } from 'rollbook/express'

/** What stops the demo from starting, in a sentence for whoever started it. */
export class SettingsError extends Error {}

/** Reads the environment; an empty variable counts as absent. */
export function readSettings({ PORT, ROLLBOOK_DB, ROLLBOOK_API_KEY, ROLLBOOK_SEED }) {
  const port = PORT || '3000'
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) {
    throw new SettingsError(`PORT must be a whole number from 0 (any free port) to 65535, not ${JSON.stringify(port)}`)
  }
  const apiKey = ROLLBOOK_API_KEY || generateApiKey()
  if (!/^[\x21-\x7e]+$/.test(apiKey)) throw new SettingsError('ROLLBOOK_API_KEY must be printable ASCII without spaces')
  return {
    port: Number(port),
    database: ROLLBOOK_DB || './rollbook-demo.db',
    apiKey,
    isSeeded: ROLLBOOK_SEED !== '0',
  }
}
