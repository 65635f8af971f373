// Loaded before a piece of documentation is run: a server of it has shown that it works once it listens.
import { Server } from 'node:net'

const { listen } = Server.prototype
Server.prototype.listen = function (...args) {
  this.once('listening', () => process.exit(0))
  return listen.apply(this, args)
}
