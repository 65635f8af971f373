import { decodedSegment } from './query.js'
import type { Route, RouteName } from './route.js'

/** The route for one method of a path. */
export interface Found {
  readonly operation: RouteName
  readonly route: Route
}

/** A path that is ours: its routes by method, and its parameters, `undefined` where the percent-encoding is broken. */
export interface Match {
  readonly byMethod: ReadonlyMap<string, Found>
  readonly params: ReadonlyMap<string, string | undefined>
}

interface Place {
  readonly segments: readonly Segment[]
  readonly byMethod: Map<string, Found>
}

/** A segment of a path: a parameter, or literal text. */
type Segment = { readonly param: string } | { readonly text: string }

/** How a path may differ from that of a route: as the host's own router allows. */
export interface Matching {
  /** `/USERS` is `/users`. Parameters keep their case. */
  readonly ignoreCase?: boolean
  /** `/users/` is `/users`. */
  readonly ignoreTrailingSlash?: boolean
}

/** Creates a function that finds a path in a route table, case-sensitively unless `ignoreCase` is set. */
export function createMatcher(
  routes: { readonly [Name in RouteName]?: Route },
  { ignoreCase = false, ignoreTrailingSlash = false }: Matching = {},
): (path: string) => Match | undefined {
  const places = new Map<string, Place>()
  for (const [operation, route] of Object.entries(routes) as [RouteName, Route][]) {
    const place = places.get(route.path) ?? { segments: segmentsOf(route.path), byMethod: new Map() }
    place.byMethod.set(route.method, { operation, route })
    places.set(route.path, place)
  }
  return (path) => {
    // Clients whose endpoint ends in a slash send two.
    const segments = path.replace(/^\/+/, '').split('/')
    if (ignoreTrailingSlash && segments.at(-1) === '') segments.pop()
    for (const place of places.values()) {
      const params = paramsOf(place.segments, segments, ignoreCase)
      if (params) return { byMethod: place.byMethod, params }
    }
    return undefined
  }
}

function segmentsOf(path: string): Segment[] {
  return path
    .slice(1)
    .split('/')
    .map((text) => {
      const param = /^\{(\w+)\}$/.exec(text)?.[1]
      return param === undefined ? { text } : { param }
    })
}

function paramsOf(
  pattern: readonly Segment[],
  segments: readonly string[],
  ignoreCase: boolean,
): Match['params'] | undefined {
  if (pattern.length !== segments.length || segments.includes('')) return undefined
  const params = new Map<string, string | undefined>()
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? ''
    if ('param' in expected) params.set(expected.param, decodedSegment(segment))
    else if ((ignoreCase ? segment.toLowerCase() : segment) !== expected.text) return undefined
  }
  return params
}
