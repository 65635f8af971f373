import { UsersError } from 'rollbook'

/** Waits for an answer of the users service; `undefined` where it refuses by an error with one of the codes. */
export async function unlessRefused(answer, ...codes) {
  try {
    return await answer
  } catch (error) {
    if (UsersError.is(error) && codes.includes(error.code)) return undefined
    throw error
  }
}
