/** The parameters of an argon2id hash. */
export interface Argon2idCost {
  /** KiB. */
  readonly memoryCost: number
  readonly timeCost: number
  readonly parallelism: number
}

const format = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{22,86}$/

/** Reads the cost out of a hash in PHC string format, or answers `undefined` when it is no argon2id hash. */
export function argon2idCost(hash: string): Argon2idCost | undefined {
  const [whole, memoryCost, timeCost, parallelism] = (hash.length <= 256 && format.exec(hash)) || []
  if (whole === undefined) return undefined
  return { memoryCost: Number(memoryCost), timeCost: Number(timeCost), parallelism: Number(parallelism) }
}

/**
 * Returns whether checking a hash of this cost is safe. A hash is data from a database or an import: one that asks for
 * 4 TiB makes the native code take them, until the kernel ends the process.
 */
export function isAffordable({ memoryCost, timeCost, parallelism }: Argon2idCost): boolean {
  const sane = timeCost >= 1 && parallelism >= 1 && parallelism <= 16 && memoryCost >= 8 * parallelism
  return sane && memoryCost <= 256 * 1024 && memoryCost * timeCost <= 1024 * 1024
}
