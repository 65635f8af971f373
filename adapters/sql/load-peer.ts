import { createRequire } from 'node:module'
import type * as KyselyModule from 'kysely'
import { MissingPeerError } from '../../src/errors/index.js'

const require = createRequire(import.meta.url)

/**
 * Loads an optional peer when it is first needed. If it is missing, the line that creates the storage throws an error that
 * names the cure. `file` is a path inside the package.
 *
 * @throws {MissingPeerError}
 */
export function loadPeer<Module>(peer: string, cure: string, file = peer): Module {
  try {
    // The caller names the module's own type.
    return require(file) as Module
  } catch (cause) {
    throw new MissingPeerError(peer, cure, { cause })
  }
}

/**
 * Loads Kysely, which builds all our SQL. `driver` is the package that is needed with it.
 *
 * @throws {MissingPeerError}
 */
export function loadKysely(driver: string): typeof KyselyModule {
  return loadPeer('kysely', `npm install kysely ${driver}`)
}
