/** The options of a table: what each is for, what it is when it is not given, and what it may be. */
import { tmpdir } from 'node:os'
import { parseArgs } from 'node:util'

export const whole = (byDefault, least, about) => ({
  byDefault,
  about,
  read(text, name) {
    const number = Number(text)
    if (Number.isSafeInteger(number) && number >= least) return number
    throw new Error(`--${name} must be a whole number from ${least}`)
  },
})

export const oneOf = (known, about) => ({
  byDefault: known[0],
  about: `${about}: ${known.join(', ')}`,
  read(text, name) {
    if (known.includes(text)) return text
    throw new Error(`--${name} must be one of ${known.join(', ')}`)
  },
})

export const text = (byDefault, about) => ({ byDefault, about, read: (given) => given })

const flag = (about) => ({ byDefault: false, about, read: Boolean })

const shared = {
  users: whole(10_000, 100, 'people in the database'),
  seed: whole(1, 0, 'of the generated people'),
  rounds: whole(61, 1, 'in which the sides take turns'),
  warm: whole(1200, 0, 'milliseconds before anything is timed'),
  folder: text(tmpdir(), 'where the database files are made'),
  keep: flag('leave the database of the generated people in the folder, for the next run'),
  json: flag('print JSON instead of tables'),
  help: flag('print this'),
}

/** Reads the command line: the options that all tables have, and those of one. */
export function readOptions(args, own) {
  const known = { ...shared, ...own }
  const types = Object.entries(known).map(([name, { byDefault }]) => [
    name,
    typeof byDefault === 'boolean' ? { type: 'boolean' } : { type: 'string' },
  ])
  const { values } = parseArgs({ args, options: Object.fromEntries(types) })
  const entries = Object.entries(known).map(([name, { byDefault, read }]) => [
    name,
    values[name] === undefined ? byDefault : read(values[name], name),
  ])
  return Object.fromEntries(entries)
}

/** The options as lines of a help text. */
export function optionLines(own) {
  return Object.entries({ ...shared, ...own }).map(([name, { byDefault, about }]) =>
    typeof byDefault === 'boolean'
      ? `  --${name.padEnd(14)} ${about}`
      : `  --${name.padEnd(14)} ${about} (${byDefault === '' ? 'all' : byDefault})`,
  )
}
