/** Everything that a caller may be allowed to do. */
export const scopes = [
  ...(['users.read', 'users.write', 'users.credentials', 'users.delete', 'users.labels', 'users.export'] as const),
  ...(['sessions.write', 'tokens.write'] as const),
] as const

/**
 * What a caller may be allowed to do. `users.read` reads. `users.write` creates users, sets their status and preferences
 * and ends their sessions. So that no upgrade grants anything to a caller with these two, the rest has scopes of its own:
 * `users.credentials` (passwords and hashes), `users.delete`, `users.labels`, `users.export`, `sessions.write` (starting
 * a session) and `tokens.write`. Each dialect's routes
 * say which one they need.
 */
export type Scope = (typeof scopes)[number]
