/** A part of a pattern that is repeated as one: `a`, `[b-d]`, `\w`, `(?:…)`. */
export interface Part {
  /** The part itself, without its quantifier. */
  readonly source: string
  readonly min: number
  readonly max: number
  /** What is inside a group, by alternative. */
  readonly alternatives?: readonly (readonly Part[])[]
  /** Takes no character: `^`, `\b`, a look around. */
  readonly isAssertion: boolean
}

/** Takes a pattern apart: its alternatives, each as a row of parts. */
export function partsOf(pattern: string): readonly (readonly Part[])[] {
  let at = 0
  const take = (shape: RegExp): string => {
    const sticky = new RegExp(shape.source, 'y')
    sticky.lastIndex = at
    const found = sticky.exec(pattern)?.[0] ?? ''
    at += found.length
    return found
  }

  function alternatives(): Part[][] {
    const rows: Part[][] = [[]]
    while (at < pattern.length && pattern[at] !== ')') {
      if (take(/\|/) !== '') rows.push([])
      else rows.at(-1)?.push(part())
    }
    return rows
  }

  function part(): Part {
    const start = at
    const group = take(/\((?:\?(?:[:=!]|<[=!]|<\w+>))?/)
    if (group !== '') {
      const inner = alternatives()
      at += 1
      return {
        source: pattern.slice(start, at),
        ...quantifier(),
        alternatives: inner,
        isAssertion: /\?<?[=!]/.test(group),
      }
    }
    const source =
      take(/\[(?:\\.|[^\]\\])*\]/) ||
      take(/\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-f]{4}|x[\da-f]{2}|k<\w+>|.)/s) ||
      take(/./su)
    return { source, ...quantifier(), isAssertion: /^(?:\^|\$|\\b|\\B)$/.test(source) }
  }

  function quantifier(): { min: number; max: number } {
    const text = take(/(?:[*+?]|\{\d+(?:,\d*)?\})\??/).replace(/(?<=.)\?$/, '')
    if (text === '*') return { min: 0, max: Number.POSITIVE_INFINITY }
    if (text === '+') return { min: 1, max: Number.POSITIVE_INFINITY }
    if (text === '?') return { min: 0, max: 1 }
    if (text === '') return { min: 1, max: 1 }
    const [, min = '', comma, max = ''] = /^\{(\d+)(,?)(\d*)\}$/.exec(text) ?? []
    const upTo = max === '' ? Number.POSITIVE_INFINITY : Number(max)
    return { min: Number(min), max: comma === '' ? Number(min) : upTo }
  }

  return alternatives()
}
