/** Prints one table of the benchmark. See docs/performance.md. */
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { optionLines, readOptions } from './options.js'
import { aboutRun, machine, markdown } from './table.js'
import { makeTemplate } from './template.js'

const day = 24 * 60 * 60 * 1000

const tables = {
  operations: () => import('./operations-table.js'),
  search: () => import('./search-table.js'),
  pages: () => import('./pages-table.js'),
  tails: () => import('./tails-table.js'),
  peers: () => import('./peers-table.js'),
  http: () => import('./http-table.js'),
  growth: () => import('./growth-table.js'),
  refusals: () => import('./refusals-table.js'),
}
// These read the command line themselves.
const scripts = {
  erasure: () => import('./erasure.js'),
  'group-commit': () => import('./group-commit.js'),
  postgres: () => import('./postgres.js'),
  sweep: () => import('./sweep.js'),
}
const names = [...Object.keys(tables), ...Object.keys(scripts)]

const [first = ''] = process.argv.slice(2)
const isNamed = first !== '' && !first.startsWith('-')
const name = isNamed ? first : names[0]
if (isNamed) process.argv.splice(2, 1)
if (scripts[name]) await scripts[name]()
else if (tables[name]) await print((await tables[name]()).table)
else throw new Error(`there is no table ${name}: ${names.join(', ')} are`)

async function print(table) {
  const options = readOptions(process.argv.slice(2), table.options)
  if (options.help) return console.log(helpFor(table))
  const folder = mkdtempSync(join(options.folder, 'rollbook-bench-'))
  const { users, seed, rounds, warm } = options
  // The beginning of the day, so that a database that is kept is good for the day.
  const now = Math.floor(Date.now() / day) * day
  const configOf = (count) => ({ count, seed, now, oneIn: 8 })
  try {
    const results = await table.run({
      options,
      folder,
      config: configOf(users),
      configOf,
      timing: { rounds, sliceMs: 2, warmMs: warm },
      template: (count = users) => makeTemplate(folder, configOf(count), options.keep ? options.folder : undefined),
    })
    const about = { ...machine(), users: options.sizes ?? users, seed, rounds }
    if (options.json) console.log(JSON.stringify({ table: name, about, results }, undefined, 2))
    else console.log([aboutRun(about), ...results.map(markdown)].join('\n\n'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function helpFor(table) {
  return [
    `npm run bench -- ${name} [options]`,
    `  ${table.about}`,
    ...optionLines(table.options),
    '',
    `tables: ${names.join(', ')}`,
  ].join('\n')
}
