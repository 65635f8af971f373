import type { ServerResponse } from 'node:http'
import type { HttpReply } from '../../src/http/call.js'

export function send(response: ServerResponse, { status, headers, body }: HttpReply): true {
  // The host may have answered meanwhile, when it gave the request a time limit.
  if (response.headersSent) return true
  response.statusCode = status
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  response.setHeader('Content-Length', Buffer.byteLength(body))
  response.end(body)
  return true
}
