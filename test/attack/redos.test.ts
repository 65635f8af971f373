import { createContext, Script } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { attacksOn, type Growing, grown } from './regex-attacks.js'
import { regularExpressions } from './regex-literals.js'

// What reads no more than so many characters, whatever is sent; anything else is given 100 KB.
const bounded: Readonly<Record<string, number>> = {
  'src/user-agent/describe-client.ts': 512,
  'src/user-agent/patterns.ts': 512,
}
const longest = 102_400
/** Less than this is no work to speak of, whatever it was for a shorter text. */
const negligibleMs = 50
const patienceMs = 2000

const context = createContext({ usage: () => process.cpuUsage().user / 1000 })
// All texts in one run: to watch over a run takes longer than most of them.
const matching = new Script(`
  for (const text of texts) {
    // Of this process alone: the machine may be busy.
    const before = usage()
    pattern.lastIndex = 0
    pattern.test(text)
    works.push(usage() - before)
  }`)

/** Milliseconds of work that a pattern takes for each text, up to the first that is not done in time: infinite. */
function worksOf(pattern: RegExp, texts: readonly string[]): readonly number[] {
  const works: number[] = []
  Object.assign(context, { pattern, texts, works })
  try {
    matching.runInContext(context, { timeout: patienceMs })
  } catch {
    works.push(Number.POSITIVE_INFINITY)
  }
  return works
}

/** Answers whether the work grows faster than the text: four times the text, and more than eight times the work. */
function isSuperLinear(pattern: RegExp, attack: Growing, length: number): boolean {
  const texts = [length / 64, length / 16, length / 4, length].map((size) => grown(attack, size))
  let before = negligibleMs / 8
  for (const [index, measured] of worksOf(pattern, texts).entries()) {
    let work = measured
    if (work > before * 8 && work > negligibleMs && work < 10 * negligibleMs)
      work = Math.min(work, ...worksOf(pattern, texts.slice(index, index + 1)))
    if (work > before * 8 && work > negligibleMs) return true
    before = Math.max(work, negligibleMs / 8)
  }
  return false
}

function weakness(pattern: RegExp, length: number): Growing | undefined {
  return attacksOn(pattern).find((attack) => isSuperLinear(pattern, attack, length))
}

describe('regular expressions', () => {
  const { literals, made } = regularExpressions()

  test('all are written out, so that all can be looked at', () => {
    expect(literals.length).toBeGreaterThan(80)
    // One has the words of a parameter in it, the other another flag than a literal.
    expect(made).toEqual(['src/domain/text.ts', 'src/testing/http-contract/answers.ts'])
  })

  test('none takes more than its share of time for a text made against it [B-116]', { timeout: 240_000 }, () => {
    const weak = literals
      .map(({ file, pattern }) => ({ file, pattern, attack: weakness(pattern, bounded[file] ?? longest) }))
      .filter(({ attack }) => attack !== undefined)
    expect(weak).toEqual([])
  })

  test.each([
    /^(a+)+$/,
    /(?:\w+\s?)*$/,
    /^(?:a|a)*b/,
    /\s+$/,
    /a.*b.*c/,
    /(?:x[^)]*)?:/,
    /\(compatible; ?([^;)]+);[^)]*\bhttps?:/,
  ])('a weak one is found: %s', (pattern) => {
    expect(weakness(pattern, longest)).toBeDefined()
  })
})
