import type { StorageMutant } from '../mutant.js'
import { everythingMutants } from './everything.js'
import { lastingMutants } from './lasting.js'
import { listMutants } from './lists.js'
import { recordMutants } from './records.js'
import { sessionMutants } from './sessions.js'
import { tokenMutants } from './tokens.js'

/** All storages with a fault, against which the storage contract is held. */
export const brokenStorages: readonly StorageMutant[] = [
  ...recordMutants,
  ...listMutants,
  ...sessionMutants,
  ...tokenMutants,
  ...everythingMutants,
  ...lastingMutants,
]
