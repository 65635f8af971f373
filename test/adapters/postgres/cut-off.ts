import { connect, createServer } from 'node:net'

/** When the line is cut: before the server hears of the commit, or before its answer comes back. */
export type Cut = 'before' | 'after'

/** A line to a server that is cut at the next commit, as often as it is told to. */
export async function lineTo(url: string) {
  const { hostname, port } = new URL(url)
  let next: Cut | undefined
  const line = createServer((client) => {
    const server = connect(Number(port || 5432), hostname)
    let isCut = false
    client.on('data', (sent) => {
      const cut = sent.includes('commit\0') ? next : undefined
      if (cut !== undefined) {
        next = undefined
        isCut = true
      }
      if (cut === 'before') {
        client.destroy()
        server.destroy()
      } else server.write(sent)
    })
    server.on('data', (answered) => {
      if (isCut) client.destroy()
      else client.write(answered)
    })
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
  })
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve))
  const address = line.address()
  const through = new URL(url)
  if (typeof address === 'object' && address) through.host = `127.0.0.1:${address.port}`
  return {
    url: through.href,
    cutAtNextCommit(cut: Cut) {
      next = cut
    },
    close: () => new Promise((resolve) => line.close(resolve)),
  }
}
