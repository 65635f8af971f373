import { CannotJoinTransactionError } from '../../errors/index.js'
import type { StorageCapabilities } from '../../ports/storage.js'

/** Every capability, whether the storage has it or the core stands in for it. */
type Capabilities = { readonly [Name in keyof StorageCapabilities]-?: NonNullable<StorageCapabilities[Name]> }

/**
 * Returns the capabilities of a storage, with the core's own fallback for each that is missing. The operations ask here
 * and never the storage itself, so that they need not know what it can do.
 */
export function capabilitiesOf(storage: StorageCapabilities): Capabilities {
  return {
    /** @throws {CannotJoinTransactionError} when the storage cannot: nothing can stand in for a transaction. */
    inTransaction(transaction) {
      const inside = storage.inTransaction?.(transaction)
      if (!inside) throw new CannotJoinTransactionError()
      return inside
    },
  }
}
