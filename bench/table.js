/** Prints what was measured as Markdown. */
import { availableParallelism } from 'node:os'
import Database from 'better-sqlite3'

/** What the absolute figures depend on. */
export function machine() {
  const database = new Database(':memory:')
  const sqlite = database.prepare('select sqlite_version()').pluck().get()
  database.close()
  return { cores: availableParallelism(), node: process.version, sqlite }
}

export const microseconds = (value) => (value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en'))
export const milliseconds = (value) => (value < 100 ? value.toPrecision(2) : Math.round(value).toLocaleString('en'))
export const ratio = (value) =>
  value < 100 ? value.toPrecision(value < 1 ? 2 : 3) : Math.round(value).toLocaleString('en')
export const thousands = (value) => Math.round(value).toLocaleString('en')

/** A ratio with its middle half. */
export const ratioAndSpread = ({ median, low, high }) => `**${ratio(median)}** (${ratio(low)}–${ratio(high)})`

/** One line on what the figures depend on. */
export function aboutRun({ users, seed, rounds, cores, node, sqlite }) {
  return `${users} users (seed ${seed}), ${rounds} rounds, ${cores} cores, Node ${node}, SQLite ${sqlite}`
}

/**
 * A table: `columns` are pairs of a head and a function that answers a cell of a row. The first column is text, the
 * others are numbers.
 */
export function markdown({ title, columns, rows, notes = [] }) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [
    `### ${title}`,
    '',
    line(columns.map(([head]) => head)),
    `|${columns.map((_, index) => (index === 0 ? '---' : '---:')).join('|')}|`,
    ...rows.map((row) => line(columns.map(([, cell]) => cell(row)))),
    ...(notes.length > 0 ? ['', ...notes] : []),
  ].join('\n')
}
