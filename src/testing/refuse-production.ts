import { InvalidOptionsError } from '../errors/index.js'

/** @throws {InvalidOptionsError} when `NODE_ENV` is `production`. */
export function refuseProduction(name: string): void {
  if (process.env['NODE_ENV'] !== 'production') return
  throw new InvalidOptionsError(`${name}: this is for tests, and NODE_ENV is production`)
}
