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

const context = createContext({})
const matching = new Script('pattern.lastIndex = 0; pattern.test(text)')

/** Milliseconds of work that a pattern takes for a text; infinite when it is not done in time. */
function workOf(pattern: RegExp, text: string): number {
  Object.assign(context, { pattern, text })
  // Of this process alone: the machine may be busy.
  const before = process.cpuUsage()
  try {
    matching.runInContext(context, { timeout: patienceMs })
  } catch {
    return Number.POSITIVE_INFINITY
  }
  return process.cpuUsage(before).user / 1000
}

/** Answers whether the work grows faster than the text: four times the text, and more than eight times the work. */
function isSuperLinear(pattern: RegExp, attack: Growing, length: number): boolean {
  let before = negligibleMs / 8
  // From short to long, so that what is weak shows before it takes long.
  for (const size of [length / 64, length / 16, length / 4, length]) {
    const text = grown(attack, size)
    let work = workOf(pattern, text)
    if (work > before * 8 && work > negligibleMs && work < 10 * negligibleMs)
      work = Math.min(work, workOf(pattern, text))
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

  test('none takes more than its share of time for a text made against it [B-116]', () => {
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
