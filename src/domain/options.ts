import * as v from 'valibot'
import { InvalidOptionsError } from '../errors/index.js'

/**
 * Checks the options of a factory against a `v.strictObject` and returns them with defaults filled in. A required
 * option that is missing is reported in the words of its own schema.
 *
 * @param factory what the host called, which begins the message: `createUsersService`.
 * @throws {InvalidOptionsError} naming each option that is wrong, missing or unknown.
 */
export function checkedOptions<const Schema extends v.GenericSchema>(
  factory: string,
  schema: Schema,
  options: unknown,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, options)
  if (result.success) return result.output
  // Unknown names first: a misspelt option may be what leaves another one missing.
  const issues = [...result.issues.filter(isUnknown), ...result.issues.filter((issue) => !isUnknown(issue))]
  throw new InvalidOptionsError(`${factory}: ${issues.map((issue) => fault(schema, issue)).join('; ')}`)
}

/** A schema for each option or field, so that the compiler asks for the schema of a new one. */
export type SchemaOf<Options> = { readonly [Name in keyof NonNullable<Options>]-?: v.GenericSchema }

/** An option that is a function. */
export function functionOption<T>() {
  return v.custom<T>((value) => typeof value === 'function', 'must be a function')
}

/** The names of all members that an implementation must have. */
type Required<T> = { readonly [Name in keyof T as object extends Pick<T, Name> ? never : Name]: true }

/** An option that is an object with these methods, of whatever class or realm. */
export function objectOption<T extends object>(methods: Required<T>, rule: string) {
  const names = Object.keys(methods)
  return v.custom<T>(
    (value) => isObject(value) && names.every((name) => typeof Reflect.get(value, name) === 'function'),
    rule,
  )
}

/** An option that is a whole number within bounds, which the message names. */
export function wholeNumberOption(min: number, max: number) {
  const rule = `must be a whole number from ${min} to ${max}`
  return v.pipe(v.number(rule), v.integer(rule), v.minValue(min, rule), v.maxValue(max, rule))
}

function isUnknown({ type, expected }: v.BaseIssue<unknown>): boolean {
  return type === 'strict_object' && expected === 'never'
}

function fault(schema: v.GenericSchema, issue: v.BaseIssue<unknown>): string {
  const keys = (issue.path ?? []).map(({ key }) => key)
  const name = v.getDotPath(issue) ?? 'options'
  if (isUnknown(issue)) return `${name} is not an option: ${listed(entriesOf(schemaAt(schema, keys.slice(0, -1))))}`
  if (issue.type !== 'strict_object') return `${name} ${issue.message}`
  // The object reports it, not the option itself.
  const isMissing = issue.path?.at(-1)?.origin === 'key'
  return `${name} ${isMissing ? ruleOf(schemaAt(schema, keys)) : 'must be an object'}`
}

/** The schema of an option within another one. */
function schemaAt(schema: unknown, keys: readonly unknown[]): unknown {
  return keys.reduce((outer, key) => unwrapped(entriesOf(outer)[String(key)]), unwrapped(schema))
}

function unwrapped(schema: unknown): unknown {
  return isObject(schema) && 'wrapped' in schema ? unwrapped(schema['wrapped']) : schema
}

function entriesOf(schema: unknown): Readonly<Record<string, unknown>> {
  return isObject(schema) && isObject(schema['entries']) ? schema['entries'] : {}
}

function ruleOf(schema: unknown): string {
  return isObject(schema) && typeof schema['message'] === 'string' ? schema['message'] : 'is required'
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** `a, b and c are`. */
function listed(entries: object): string {
  const names = Object.keys(entries)
  const last = names.pop()
  return names.length === 0 ? `only ${last} is` : `${names.join(', ')} and ${last} are`
}
