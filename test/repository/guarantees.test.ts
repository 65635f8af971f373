import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { filesBelow, root, textOf } from './files.js'

const page = 'docs/guarantees.md'
const numbers = Array.from({ length: 166 }, (_, n) => `B-${String(n + 1).padStart(2, '0')}`).toSpliced(34, 0, 'B-34a')

/** The numbers at the end of the names of tests, and the files that they are in. */
function carried(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const file of filesBelow(['test', 'src/testing'], '.ts')) {
    const names = textOf(file).matchAll(/ \[(B-\d+a?(?:, B-\d+a?)*)\](?=['"`])/g)
    for (const number of new Set([...names].flatMap(([, list = '']) => list.split(', ')))) {
      found.set(number, [...(found.get(number) ?? []), file])
    }
  }
  return found
}

const filesOf = carried()
const rows = [...textOf(page).matchAll(/^\| (B-\w+) \| (.*) \| (.*) \| (.*) \|$/gm)].map(
  ([, number = '', promise = '', files = '', figure = '']) => ({
    number,
    promise,
    files: [...files.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file),
    figure,
  }),
)

test('each guarantee has one row, in the order of the numbers, and says what is promised [B-123]', () => {
  expect(rows.map(({ number }) => number)).toEqual(numbers)
  expect(rows.filter(({ promise }) => promise.length < 20)).toEqual([])
})

test('a number at the end of the name of a test is well-formed and has a row [B-123]', () => {
  const wrong = filesBelow(['test', 'src/testing'], '.ts').flatMap((file) =>
    [...textOf(file).matchAll(/(?<![\\'])\[B-[^\]\n]*\]?.?/g)]
      .map(([found]) => found)
      .filter((found) => !/^\[B-\d+a?(?:, B-\d+a?)*\]['"`]$/.test(found))
      .map((found) => `${file}: ${found} is no list of numbers, parted by ", ", at the end of a name`),
  )
  const unknown = [...filesOf].flatMap(([number, files]) =>
    numbers.includes(number) ? [] : files.map((file) => `${file}: [${number}] has no row in ${page}`),
  )
  expect([...wrong, ...unknown]).toEqual([])
})

test('the row of each number names every file whose tests carry it, and no other [B-123]', () => {
  const mendings = rows.flatMap(({ number, files }) => {
    const proven = filesOf.get(number) ?? []
    const added = proven.filter((file) => !files.includes(file)).map((file) => `add \`${file}\``)
    const removed = files
      .filter((file) => !proven.includes(file))
      .map((file) =>
        existsSync(path.join(root, file))
          ? `take out \`${file}\`, of whose tests none has a name with [${number}] at its end`
          : `take out \`${file}\`, which does not exist`,
      )
    return [...added, ...removed].map((mending) => `${page}, row ${number}: ${mending}`)
  })
  expect(mendings).toEqual([])
})

test('a row without a test says why there is none [B-123]', () => {
  const mendings = rows.flatMap(({ number, files, figure }) => {
    const says = /^No test: .{20,}/.test(figure)
    if (files.length === 0 && !says)
      return `${page}, row ${number}: name a test, or begin the last cell with "No test: "`
    return files.length > 0 && says ? `${page}, row ${number}: it has tests, so take "No test: " out` : []
  })
  expect(mendings).toEqual([])
})
