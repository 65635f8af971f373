import { connect, createServer, type Socket } from 'node:net'

/** A line to a server that falls silent: connections stay open and new ones are taken, and nothing comes through. */
export async function silentLineTo(url: string) {
  const { hostname, port } = new URL(url)
  let isSilent = false
  let isSilentFromCommit = false
  const clients = new Set<Socket>()
  const line = createServer((client) => {
    const server = connect(Number(port || 5432), hostname)
    clients.add(client)
    client.on('data', (sent) => {
      if (isSilentFromCommit && sent.includes('commit\0')) isSilent = true
      if (!isSilent) server.write(sent)
    })
    server.on('data', (answered) => {
      if (!isSilent) client.write(answered)
    })
    client.on('error', () => {})
    server.on('error', () => client.destroy())
    client.on('close', () => {
      clients.delete(client)
      server.destroy()
    })
    server.on('close', () => {
      // Who is silent does not hang up either.
      if (!isSilent) client.destroy()
    })
  })
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve))
  const address = line.address()
  const through = new URL(url)
  if (typeof address === 'object' && address) through.host = `127.0.0.1:${address.port}`
  return {
    url: through.href,
    clients,
    silence() {
      isSilent = true
    },
    /** Falls silent when a commit is sent, which does not arrive. */
    silenceAtCommit() {
      isSilentFromCommit = true
    },
    /** Serves new connections again. */
    speak() {
      isSilent = false
      isSilentFromCommit = false
    },
    async close() {
      for (const client of clients) client.destroy()
      await new Promise((resolve) => line.close(resolve))
    },
  }
}
