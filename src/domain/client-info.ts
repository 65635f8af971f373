/** What a user agent says of itself. Every part is absent when the text does not say. */
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

/** A country, as a GeoIP database knows it. */
export interface Location {
  /** ISO 3166-1 alpha-2, in either case. */
  readonly countryCode: string
  readonly countryName: string
}
