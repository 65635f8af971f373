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

const microseconds = (value) => (value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en'))
const twoDigits = (value) => value.toFixed(2)

export const table = {
  about: ({ users, seed, rounds, cores, node, sqlite }) =>
    `${users.toLocaleString('en')} users (seed ${seed}), ${rounds} rounds, ${cores} cores, Node ${node}, SQLite ${sqlite}`,

  ofStorage: ({ storage, rows }) =>
    [
      `### ${storage}`,
      '',
      '| operation | raw µs | rollbook µs | ratio | middle half |',
      '|---|---:|---:|---:|---:|',
      ...rows.map(
        ({ name, rawMicroseconds, oursMicroseconds, ratio, low, high }) =>
          `| ${name} | ${microseconds(rawMicroseconds)} | ${microseconds(oursMicroseconds)} | ` +
          `**${twoDigits(ratio)}** | ${twoDigits(low)}–${twoDigits(high)} |`,
      ),
    ].join('\n'),
}
