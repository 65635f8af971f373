import * as v from 'valibot'
import { type InputIssue, InvalidInputError } from '../errors/index.js'

/**
 * Checks an input against its schema and returns the checked copy. `name` is the name of a positional argument.
 *
 * @throws {InvalidInputError} with a path for each wrong field.
 */
export function checked<const Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
  name = 'input',
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, input)
  if (result.success) return result.output
  const [first, ...others] = result.issues
  throw new InvalidInputError([toIssue(first, name), ...others.map((issue) => toIssue(issue, name))])
}

/** Creates the error for one wrong field, for checks that a schema cannot express. */
export function invalid(path: string, message: string): InvalidInputError {
  return new InvalidInputError([{ path, message }])
}

/** Creates the error for one missing field. */
export function missing(path: string): InvalidInputError {
  return new InvalidInputError([{ path, message: 'is required', missing: true }])
}

function toIssue(issue: v.BaseIssue<unknown>, name: string): InputIssue {
  const path = v.getDotPath(issue) ?? name
  if (issue.kind !== 'schema') return { path, message: issue.message }
  if (issue.type === 'strict_object' && issue.expected === 'never') return { path, message: 'is not a known field' }
  if (issue.input === undefined || issue.received === 'undefined')
    return { path, message: 'is required', missing: true }
  return { path, message: issue.type === 'strict_object' ? 'must be an object' : issue.message }
}
