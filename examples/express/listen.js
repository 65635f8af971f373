import { once } from 'node:events'
import { SettingsError } from './settings.js'

const lastRequestsMs = 5000

/**
 * Listens on this machine only, until the signal is aborted; then finishes the running requests. Connections without
 * one are cut at once, also those that browsers open ahead of need and that `server.close()` would wait for.
 */
export async function listen(server, port, signal, onReady) {
  const idle = new Set()
  const cutIdle = () => {
    for (const socket of idle) socket.destroySoon()
  }
  server.on('connection', (socket) => {
    idle.add(socket)
    socket.once('close', () => idle.delete(socket))
  })
  server.on('request', ({ socket }, response) => {
    idle.delete(socket)
    response.once('close', () => {
      if (!socket.destroyed) idle.add(socket)
      if (signal.aborted) cutIdle()
    })
  })
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  } catch (error) {
    if (error.code === 'EADDRINUSE') {
      throw new SettingsError(`port ${port} is in use: set PORT to another one, or to 0 for any free one`)
    }
    if (error.code === 'EACCES') throw new SettingsError(`port ${port} is not yours to use: set PORT to one over 1023`)
    throw error
  }
  onReady(server.address().port)

  if (!signal.aborted) await once(signal, 'abort')
  const closed = once(server, 'close')
  server.close()
  cutIdle()
  const impatience = setTimeout(() => server.closeAllConnections(), lastRequestsMs)
  await closed
  clearTimeout(impatience)
}
