import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { StartedHttp } from '../../src/testing/http-contract/contract.js'

/** Starts a server on a free port of this machine; `place` is where in it the mount is. */
export async function listen(listener: RequestListener, place = ''): Promise<StartedHttp> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${place}`,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
