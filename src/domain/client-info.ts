/** What a user agent says about itself. A part that it does not mention is absent. */
export interface ClientInfo {
  readonly os?: { readonly name: string; readonly version?: string }
  readonly client?: {
    readonly type: 'browser' | 'app' | 'library' | 'bot'
    readonly name: string
    readonly version?: string
    /** The rendering engine of a browser: `Blink`, `Gecko`, `WebKit`. */
    readonly engine?: string
  }
  readonly device?: {
    readonly type: 'desktop' | 'mobile' | 'tablet' | 'tv'
    readonly brand?: string
    readonly model?: string
  }
}

/** A country, as in a GeoIP database. */
export interface Location {
  /** ISO 3166-1 alpha-2, in either case. */
  readonly countryCode: string
  readonly countryName: string
}

/** Parses a user agent. Must be pure and fast: it runs for each session and entry of a list. */
export type DescribeClient = (userAgent: string) => Loose<ClientInfo>

/** The same type, whose optional fields may also be `undefined`. */
type Loose<T> = T extends object ? { readonly [Field in keyof T]: Loose<T[Field]> | OptionalOf<T, Field> } : T
type OptionalOf<T, Field extends keyof T> = Partial<Pick<T, Field>> extends Pick<T, Field> ? undefined : never

/** Returns the country of an IP address, or `undefined` when it is unknown. */
export type Locate = (ip: string) => Location | undefined | Promise<Location | undefined>
