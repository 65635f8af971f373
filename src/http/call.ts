import type { IncomingHttpHeaders } from 'node:http'

/** A request, as the dispatcher reads it: a plain struct that each mount fills in. */
export interface HttpCall<Host = unknown> {
  readonly method: string
  /** Below the mount, as it was sent: percent-encoding and all. */
  readonly path: string
  /** Without the question mark, as it was sent. */
  readonly query: string
  readonly headers: IncomingHttpHeaders
  readonly ip: string | undefined
  /** The framework's own request, for `authorize`. */
  readonly host: Host
  /**
   * Reads the body, once, and only when it is needed.
   *
   * @throws {HttpError} when it is longer than `maxBytes`.
   */
  body(maxBytes: number): Promise<HttpBody>
}

/**
 * A body as bytes, or as the value that the host's parser made of them. Bytes that the host has read and passed on are
 * decoded, whatever the headers still say of an encoding and a charset.
 */
export type HttpBody = { readonly bytes: Uint8Array; readonly isDecoded?: boolean } | { readonly parsed: unknown }

/** An answer. */
export interface HttpReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
