import type { ClientInfo, Location } from '../domain/client-info.js'

/** Parses a user agent. Must be pure and fast: it runs for each session and entry of a list. */
export type DescribeClient = (userAgent: string) => Loose<ClientInfo>

/** The same type, whose optional fields may also be `undefined`. */
type Loose<T> = T extends object ? { readonly [Field in keyof T]: Loose<T[Field]> | OptionalOf<T, Field> } : T
type OptionalOf<T, Field extends keyof T> = Partial<Pick<T, Field>> extends Pick<T, Field> ? undefined : never

/** Returns the country of an IP address, or `undefined` when it is unknown. */
export type Locate = (ip: string) => Location | undefined | Promise<Location | undefined>
