import { classic } from './classic/index.js'

/** Every dialect there is. A new one is a folder here, and an entry in this list. */
export const dialects = [classic] as const

/** The name of a dialect. */
export type DialectName = (typeof dialects)[number]['name']
