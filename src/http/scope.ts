/** Everything that a caller may be allowed to do. */
export const scopes = ['users.read', 'users.write'] as const

/** What a caller may do: read users, or change them. */
export type Scope = (typeof scopes)[number]
