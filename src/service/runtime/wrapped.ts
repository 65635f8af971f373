export type Operation = (...args: never[]) => Promise<unknown>

/** Puts something around each operation. Each keeps its signature. */
export function wrapped<Operations extends object>(
  operations: Operations,
  wrap: (operation: Operation, name: string) => Operation,
): Operations {
  const entries = Object.entries(operations).map(([name, operation]) => [name, wrap(operation, name)] as const)
  // Of the same names, with the same signatures.
  return Object.fromEntries(entries) as unknown as Operations
}
