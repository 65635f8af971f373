/** What a request says, by name. A map, so that a name like `constructor` finds nothing. */
export type Fields = ReadonlyMap<string, unknown>

export const noFields: Fields = new Map()
