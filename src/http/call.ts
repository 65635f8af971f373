import type { IncomingHttpHeaders } from 'node:http'

/** A request as the dispatcher reads it: a plain struct that each mount fills in. */
export interface HttpCall<Host = unknown> {
  readonly method: string
  /** Below the mount, still percent-encoded. */
  readonly path: string
  /** Without the question mark, still percent-encoded. */
  readonly query: string
  readonly headers: IncomingHttpHeaders
  readonly ip: string | undefined
  /** The framework's own request, for `authorize`. */
  readonly host: Host
  /**
   * Reads the body. Called once at most, and only when it is needed.
   *
   * @throws {HttpError} when it is longer than `maxBytes`.
   */
  body(maxBytes: number): Promise<HttpBody>
}

/**
 * A body as bytes, or as the value that the host's parser made of them. With `isDecoded` the host has already undone the
 * content encoding and the charset that the headers still name.
 */
export type HttpBody = { readonly bytes: Uint8Array; readonly isDecoded?: boolean } | { readonly parsed: unknown }

/** A reply, for the mount to send. */
export interface HttpReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
