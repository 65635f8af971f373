import { InvalidInputError } from '../../src/index.js'

interface Fields {
  readonly [name: string]: unknown
}

const rules: Readonly<Record<string, (value: never) => boolean>> = {
  email: (email: string) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email),
  password: (password: string) => password.length >= 8,
  name: (name: string) => !name.includes('\n'),
  id: (id: string) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,35}$/.test(id),
  limit: (limit: number) => limit >= 0 && limit <= 100,
  offset: (offset: number) => offset >= 0,
  search: (search: string) => !search.includes('\n'),
  event: (event: string) => event.startsWith('shop.'),
}

/** Refuses the first field that breaks a rule of the table of limits, as far as the plans go near these. */
export function requireValid(input: object): void {
  const fields: Fields = { ...input }
  for (const [path, isValid] of Object.entries(rules)) {
    const value = fields[path]
    if (value !== undefined && !isValid(value as never)) throw new InvalidInputError([{ path, message: '' }])
  }
}
