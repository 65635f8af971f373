import type { Client } from 'pg'
import type { Fault } from './database.js'

/** What befalls a statement, given what runs it. Answers what the driver would. */
export interface PostgresFault extends Fault {
  befall(client: Client, run: () => Promise<unknown>, query: (text: string) => Promise<unknown>): Promise<unknown>
}

/** As the server sends it: what it says besides the message may be the values of a row. */
function serverError(code: string): Error {
  return Object.assign(new Error('could not do it'), {
    severity: 'ERROR',
    code,
    detail: 'Failing row contains (ada, correct horse).',
    where: 'SQL statement "update rollbook_users set password_hash = \'correct horse\'"',
    internalQuery: 'select from rollbook_users',
  })
}

const isOpen = (client: Client) => client.getTransactionStatus() !== 'I'

/** After an error a transaction takes nothing but its rollback. */
async function aborted(client: Client, query: (text: string) => Promise<unknown>, code: string): Promise<never> {
  if (isOpen(client)) await query('select 1 / 0').catch(() => {})
  throw serverError(code)
}

/** The server refuses the statement with this code. */
export function refusedWith(code: string): PostgresFault {
  return {
    name: `refused with ${code}`,
    sign: code,
    leavesOpen: true,
    befall: (client, _run, query) => aborted(client, query, code),
  }
}

/** The same for a commit, which takes the transaction back. */
export function refusedCommitWith(code: string): PostgresFault {
  return {
    ...refusedWith(code),
    leavesOpen: false,
    async befall(_client, _run, query) {
      await query('rollback')
      throw serverError(code)
    },
  }
}

const refused = refusedWith('53100')
const refusedCommit = refusedCommitWith('53100')
const refusedAfter: PostgresFault = {
  ...refused,
  name: 'refused when it was done',
  async befall(client, run, query) {
    await run()
    return aborted(client, query, '53100')
  },
}
const unknown: PostgresFault = {
  name: 'done, which the server does not know',
  sign: '40003',
  leavesOpen: false,
  async befall(_client, run) {
    await run()
    throw serverError('40003')
  },
}

function lose(client: Client): void {
  Reflect.get(client, 'connection').stream.destroy()
}

const lost: PostgresFault = {
  name: 'the connection is lost before',
  sign: 'onnection',
  leavesOpen: false,
  befall(client, run) {
    lose(client)
    return run()
  },
}
const lostAfter: PostgresFault = {
  ...lost,
  name: 'the connection is lost after',
  async befall(client, run, query) {
    await run()
    lose(client)
    return query('select')
  },
}

/** In which ways a statement can fail. What is committed by itself can be refused before alone. */
export function postgresFaultsOf(statement: string, isInside: boolean): readonly PostgresFault[] {
  if (statement === 'commit') return [refusedCommit, unknown, lost, lostAfter]
  if (statement === 'rollback') return [{ ...refused, leavesOpen: false }, lost, lostAfter]
  // What is lost before anything could be committed is lost: before or after makes no difference.
  if (/^begin/.test(statement) || isInside) return [refused, refusedAfter, lostAfter]
  return /^select/.test(statement) ? [refused, lost] : [refused, unknown, lost, lostAfter]
}

export const noConnection: PostgresFault = {
  name: 'no connection becomes free in time',
  sign: 'timeout exceeded',
  leavesOpen: false,
  befall: async () => {
    throw new Error('timeout exceeded when trying to connect')
  },
}
