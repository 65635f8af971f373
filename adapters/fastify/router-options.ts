import { type Target, targetOf } from '../../src/http/node-request.js'
import type { FastifyInstance } from './fastify-parts.js'

/** What the host's router tolerates in a path. */
export type Forgiven = ReturnType<typeof forgivenBy>

/** Reads the options of the host's router: at the top level or, since Fastify 5.5, below `routerOptions`. */
export function forgivenBy({ initialConfig: { routerOptions, ...outer } }: FastifyInstance) {
  const is = (name: 'ignoreTrailingSlash' | 'ignoreDuplicateSlashes' | 'useSemicolonDelimiter') =>
    Boolean(outer[name] || routerOptions?.[name])
  return {
    ignoreCase: outer.caseSensitive === false || routerOptions?.caseSensitive === false,
    ignoreTrailingSlash: is('ignoreTrailingSlash'),
    ignoreDuplicateSlashes: is('ignoreDuplicateSlashes'),
    useSemicolonDelimiter: is('useSemicolonDelimiter'),
  }
}

/**
 * Returns a function that splits request targets as the host's router does, and cuts off as many segments as the prefix
 * has. The router has matched the prefix already, and it may have parameters.
 */
export function targetBelow(
  prefix: string,
  { ignoreDuplicateSlashes, useSemicolonDelimiter }: Forgiven,
): (url: string) => Target {
  const depth = prefix.split('/').filter(Boolean).length
  return (url) => {
    const target = targetOf(useSemicolonDelimiter ? url.replace(/^([^?;]*);/, '$1?') : url)
    const path = ignoreDuplicateSlashes ? target.path.replace(/\/{2,}/g, '/') : target.path
    return { path: pathBelow(path, depth), query: target.query }
  }
}

function pathBelow(path: string, depth: number): string {
  let start = 0
  for (let segment = 0; segment < depth && start >= 0; segment++) start = path.indexOf('/', start + 1)
  return start < 0 ? '' : path.slice(start)
}
