import { authorizationCases } from './authorization-cases.js'
import { authorizeCallCases } from './authorize-call-cases.js'
import { bodyCases } from './body-cases.js'
import type { HttpCase, StartHttp } from './contract.js'
import { createInputCases } from './create-input-cases.js'
import { errorCases } from './error-cases.js'
import { logCases } from './log-cases.js'
import { methodCases } from './method-cases.js'
import { pathCases } from './path-cases.js'
import { prefsCases } from './prefs-cases.js'
import { prefsLimitCases } from './prefs-limit-cases.js'
import { queryCases } from './query-cases.js'
import { rateLimitCases } from './rate-limit-cases.js'
import { sessionCases } from './session-cases.js'
import { sessionShapeCases } from './session-shape-cases.js'
import { statusCases } from './status-cases.js'
import { unparsedBodyCases } from './unparsed-body-cases.js'
import { userCases } from './user-cases.js'

export type { HttpCase, HttpContractOptions, StartedHttp, StartHttp } from './contract.js'

/** What {@link httpContract} needs. */
export interface HttpContract {
  /** Registers a test: the `test` of node:test, vitest, jest. */
  test(name: string, run: () => Promise<void>): unknown
  /** Starts a server with the mount under test; each case starts one. */
  readonly start: StartHttp
  /**
   * Cases that cannot hold, by name, each with the reason: what a layer of the host answers before the mount is
   * reached. Nothing when absent.
   */
  readonly skip?: Readonly<Record<string, string>>
}

/** Every law of the documented HTTP API, in groups by subject. */
const cases: readonly HttpCase[] = [
  userCases,
  sessionShapeCases,
  sessionCases,
  logCases,
  prefsCases,
  prefsLimitCases,
  authorizationCases,
  authorizeCallCases,
  pathCases,
  methodCases,
  bodyCases,
  unparsedBodyCases,
  queryCases,
  createInputCases,
  statusCases,
  errorCases,
  rateLimitCases,
].flat()

/**
 * Registers a test for each law of the documented HTTP API, for a mount in a server of yours.
 *
 * ```ts
 * httpContract({
 *   test,
 *   async start(options) {
 *     const server = express().use('/v1', expressUsers(options)).listen(0, '127.0.0.1')
 *     await once(server, 'listening')
 *     return { url: `http://127.0.0.1:${server.address().port}/v1`, stop: async () => void server.close() }
 *   },
 * })
 * ```
 *
 * @throws {TypeError} when `skip` names a case that there is not, or gives no reason.
 */
export function httpContract({ test, start, skip = {} }: HttpContract): void {
  for (const [name, reason] of Object.entries(skip)) {
    if (!cases.some((known) => known.name === name)) throw new TypeError(`httpContract: no case is named "${name}"`)
    if (reason === '') throw new TypeError(`httpContract: give the reason why "${name}" is skipped`)
  }
  for (const { name, run } of cases) if (!Object.hasOwn(skip, name)) test(name, () => run(start))
}
