/** Asks a server as fast as it answers, over connections that stay open, with as little work of its own as can be. */
import { once } from 'node:events'
import { connect } from 'node:net'

const connections = 16
// What ends an answer that is sent in parts.
const lastPart = '0\r\n\r\n'

/**
 * Opens the connections. `run` asks for some milliseconds and answers how many requests a second were answered.
 *
 * @param requests whole requests as text, sent one after another.
 */
export async function createLoad(port, requests) {
  let answered = 0
  let running = false
  let settle = { allIdle() {}, fail() {} }
  let busy = 0
  let next = 0
  const sockets = await Promise.all(Array.from({ length: connections }, open))

  async function open() {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    await once(socket, 'connect')
    let answer
    socket.on('data', (chunk) => {
      answer ??= answerIn(chunk)
      answer.length += chunk.length
      answer.end = (answer.end + chunk.subarray(-lastPart.length).latin1Slice()).slice(-lastPart.length)
      const isWhole = answer.whole === undefined ? answer.end === lastPart : answer.length >= answer.whole
      if (!isWhole) return
      answer = undefined
      answered++
      if (running) send(socket)
      else if (--busy === 0) settle.allIdle()
    })
    socket.on('close', () => settle.fail(new Error('a server closed a connection')))
    return socket
  }

  function send(socket) {
    socket.write(requests[next++ % requests.length])
  }

  /** The length that an answer will have; nobody knows it of one that is sent in parts. */
  function answerIn(chunk) {
    const head = chunk.latin1Slice(0, chunk.indexOf('\r\n\r\n'))
    if (!head.startsWith('HTTP/1.1 200')) settle.fail(new Error(`a server answered: ${chunk.latin1Slice(0, 400)}`))
    const length = /content-length: (\d+)/i.exec(head)?.[1]
    return { length: 0, end: '', whole: length && head.length + 4 + Number(length) }
  }

  return {
    async run(ms) {
      answered = 0
      running = true
      busy = sockets.length
      const start = performance.now()
      sockets.forEach(send)
      await new Promise((resolve, reject) => {
        settle = { allIdle: resolve, fail: reject }
        setTimeout(() => (running = false), ms)
      })
      return { requests: answered, perSecond: (answered * 1000) / (performance.now() - start) }
    },
    close() {
      for (const socket of sockets) socket.destroy()
    },
  }
}
