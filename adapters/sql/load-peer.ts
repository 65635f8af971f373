import { createRequire } from 'node:module'
import { MissingPeerError } from '../../src/errors/index.js'

const require = createRequire(import.meta.url)

/**
 * Loads an optional peer when it is first needed, so that its absence is told by an error that names the cure, at the
 * line where the storage is made. `file` is one inside the package.
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
