import type { Change } from '../../../src/ports/storage.js'
import type { StorageMutant } from '../mutant.js'

/** A fault in what becomes of some changes. */
function changing(alter: (change: Change) => readonly Change[]): StorageMutant['alter'] {
  return ({ commit }) => ({ commit: (changes) => commit(changes.flatMap(alter)) })
}

/** Faults in what becomes of one-time tokens. */
export const tokenMutants: readonly StorageMutant[] = [
  {
    fault: 'keeps a token that is redeemed',
    killedBy: 'of 50 redemptions at once of one token exactly one succeeds, with what it does',
    alter: changing((change) => (change.op === 'redeemToken' ? [] : [change])),
  },
  {
    fault: 'forgets what a token is bound to',
    killedBy: 'a token comes back whole, with what it is bound to and without what it is not',
    alter: changing((change) =>
      change.op === 'insertToken' ? [{ ...change, token: { ...change.token, sessionEpoch: undefined } }] : [change],
    ),
  },
  {
    fault: 'voids the tokens for every purpose with those for one',
    killedBy: 'deleteTokens takes those of the user and the purpose, or all of the user, and no others',
    alter: changing((change) => (change.op === 'deleteTokens' ? [{ ...change, purpose: undefined }] : [change])),
  },
  {
    fault: 'takes a second token for a secret that one has already',
    killedBy: 'insertToken refuses an id and a hash that another token has, also of another user',
    alter: changing((change) => {
      if (change.op !== 'insertToken') return [change]
      return [{ ...change, token: { ...change.token, secretHash: `${change.token.secretHash} of ${change.token.id}` } }]
    }),
  },
]
