// The frameworks ship no types, and of each only this much is used.

type Listener = import('node:http').RequestListener

declare module 'express' {
  interface App extends Listener {
    use(path: string, handler: unknown): App
    use(handler: unknown): App
    set(name: string, value: unknown): App
    get(path: string, ...handlers: unknown[]): App
  }
  type Parser = (options?: { strict?: boolean; limit?: string; type?: () => boolean }) => unknown
  const express: (() => App) & { json: Parser; text: Parser; raw: Parser }
  export = express
}

declare module 'express4' {
  import express = require('express')
  export = express
}

declare module 'koa' {
  class Koa {
    use(middleware: unknown): Koa
    callback(): Listener
  }
  export = Koa
}

declare module 'koa2' {
  import Koa = require('koa')
  export = Koa
}

declare module 'koa-mount' {
  const mount: (prefix: string, middleware: unknown) => unknown
  export = mount
}

declare module 'koa-bodyparser' {
  const bodyParser: (options?: { strict?: boolean; jsonLimit?: string }) => unknown
  export = bodyParser
}
