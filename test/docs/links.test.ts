import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { filesBelow, root, textOf } from '../repository/files.js'

const docs = filesBelow(['docs'], '.md')
const pages = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'AGENTS.md',
  'SECURITY.md',
  'CHANGELOG.md',
  'llms.txt',
  ...docs,
]

/** The links of a page to files of the repository, and to headings. */
function linksOf(page: string) {
  const text = textOf(page).replaceAll(/^```.*?^```$/gms, '')
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => {
      const [file = '', heading] = link.split('#')
      return { link, target: file === '' ? page : path.posix.join(path.posix.dirname(page), file), heading }
    })
}

/** As they are made of headings where Markdown is shown. */
function anchorsOf(page: string): string[] {
  const headings = [...textOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading)
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  )
}

test('every link of the documentation leads somewhere, and to a heading that is there', () => {
  const broken = pages.flatMap((page) =>
    linksOf(page)
      .filter(({ target, heading }) => {
        if (!existsSync(path.join(root, target))) return true
        return heading !== undefined && !anchorsOf(target).includes(heading)
      })
      .map(({ link }) => `${page}: ${link}`),
  )
  expect(broken).toEqual([])
})

test.each(['docs/README.md', 'llms.txt'])('%s names every page', (index) => {
  const named = linksOf(index).map(({ target }) => target)
  const apart = (page: string) => page.startsWith('docs/decisions/') || page === 'docs/README.md'
  expect(docs.filter((page) => !apart(page) && !named.includes(page))).toEqual([])
})
