import { once } from 'node:events'
import { createServer } from 'node:http'

/** Asks a listener once, and answers the text of the body. */
export async function oneAnswer(listener, url, headers) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const answer = await fetch(`http://127.0.0.1:${server.address().port}${url}`, { headers })
  const text = await answer.text()
  server.closeAllConnections()
  server.close()
  return text
}
