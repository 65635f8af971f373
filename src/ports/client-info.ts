import type { ClientInfo, Location } from '../domain/client-info.js'

/** Reads a user agent. Must be pure and quick: it runs for each session and entry of a list. */
export type DescribeClient = (userAgent: string) => ClientInfo

/** Answers where an IP address is, or `undefined` when unknown. */
export type Locate = (ip: string) => Location | undefined | Promise<Location | undefined>
