import { InvalidOptionsError } from '../../errors/index.js'
import { authorizationCases } from './authorization-cases.js'
import { authorizeCallCases } from './authorize-call-cases.js'
import { bodyCases } from './body-cases.js'
import type { HttpCase, StartHttp } from './contract.js'
import { createInputCases } from './create-input-cases.js'
import { errorCases } from './error-cases.js'
import { logCases } from './log-cases.js'
import { methodCases } from './method-cases.js'
import { openApiCases } from './openapi-cases.js'
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

export type { HttpContractOptions, StartedHttp, StartHttp } from './contract.js'

/** A test runner, a mount, and the cases that the mount cannot keep. */
export interface HttpContractSetup {
  /** Registers a test: the `test` of node:test, vitest, jest. */
  test(name: string, run: () => Promise<void>): unknown
  /** Starts a server with the mount under test; each case starts one. */
  readonly start: StartHttp
  /**
   * Leaves cases out: by their exact names, and with the reason, which is what a layer of the host answers before the
   * mount is reached.
   */
  readonly skip?: readonly { readonly reason: string; readonly tests: readonly string[] }[]
}

/** Every law of the HTTP API, in the classic dialect, in groups by subject. */
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
  openApiCases,
].flat()

/**
 * Registers a test for each law of the HTTP API, in the classic dialect, for a mount in a server of yours.
 *
 * ```ts
 * httpContract({
 *   test,
 *   async start(options) {
 *     const server = express().use('/v1', expressUsers(options)).listen(0, '127.0.0.1')
 *     await once(server, 'listening')
 *     const { port } = server.address() as AddressInfo
 *     return { url: `http://127.0.0.1:${port}/v1`, stop: async () => void server.close() }
 *   },
 * })
 * ```
 *
 * @throws {InvalidOptionsError} when `skip` names a case that does not exist.
 */
export function httpContract({ test, start, skip = [] }: HttpContractSetup): void {
  const skipped = new Set(skip.flatMap(({ tests }) => tests))
  for (const name of skipped) {
    if (cases.some((one) => one.name === name)) continue
    throw new InvalidOptionsError(`httpContract: no case to skip is named ${JSON.stringify(name)}`)
  }
  for (const { name, run } of cases) if (!skipped.has(name)) test(name, () => run(start))
}
