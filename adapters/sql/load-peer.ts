import { createRequire } from 'node:module'
import { MissingPeerError } from '../../src/errors.js'

const require = createRequire(import.meta.url)

/**
 * Loads an optional peer when it is first needed, so that its absence is told by an error that names the cure, at the
 * line where the storage is made.
 *
 * @throws {MissingPeerError}
 */
export function loadPeer<Module>(name: string, cure: string): Module {
  try {
    // The caller names the module's own type.
    return require(name) as Module
  } catch (cause) {
    throw new MissingPeerError(name, cure, { cause })
  }
}
