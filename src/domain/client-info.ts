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
