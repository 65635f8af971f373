import { decodedSegment } from './query.js'
import type { Route, RouteName } from './route.js'

/** What may be done at a path by one method. */
export interface Found {
  readonly operation: RouteName
  readonly route: Route
}

/** A path that is ours: what may be done there, by method, and the values in the path, decoded where that can be done. */
export interface Match {
  readonly byMethod: ReadonlyMap<string, Found>
  readonly params: ReadonlyMap<string, string | undefined>
}

interface Place {
  readonly segments: readonly Segment[]
  readonly byMethod: Map<string, Found>
}

/** A segment of a path: the name of what stands there, or the text that must. */
type Segment = { readonly param: string } | { readonly text: string }

/** In what a path may differ from that of a route, where the router of the host forgives it too. */
export interface Matching {
  /** `/USERS` is `/users`; values in a path keep their letters. */
  readonly ignoreCase?: boolean
  /** `/users/` is `/users`. */
  readonly ignoreTrailingSlash?: boolean
}

/** Creates a function that finds the place of a route table that a path means: letter by letter, unless told otherwise. */
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
