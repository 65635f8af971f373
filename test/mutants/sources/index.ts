import type { SourceMutant } from '../mutant.js'
import { routerMutants } from './router.js'
import { serviceMutants } from './service.js'
import { storageMutants } from './storages.js'

/** All faults that are put into the sources. */
export const sourceMutants: readonly SourceMutant[] = [...serviceMutants, ...routerMutants, ...storageMutants]
