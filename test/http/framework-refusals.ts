interface Refusal {
  readonly reason: string
  readonly tests: readonly string[]
}

const oddPaths = [
  'a refused caller gets that 401 also where the path has dots or a broken percent-encoding in it [B-02, B-10]',
  'an id of dots, or in a broken percent-encoding, is not found or refused, on every route [B-10, B-26]',
]

/** The cases of the contract that cannot reach a plugin of Fastify, for `skip`. */
export const fastifyRefusals: readonly Refusal[] = [
  { reason: 'Fastify answers a broken percent-encoding with 400 by itself', tests: oddPaths },
  {
    reason: 'Fastify does not know the methods of WebDAV, and answers 404 by itself',
    tests: ['a method of other protocols than HTTP alone answers 405 too [B-16]'],
  },
  { reason: 'Fastify answers it with 415 by itself', tests: ['a content type that is none answers 415 [B-17]'] },
]

/** The cases of the contract that a `Request` cannot tell, for `skip`. */
export const fetchRefusals: readonly Refusal[] = [
  { reason: 'a Request resolves the dots in its path', tests: oddPaths },
  {
    reason: 'a Response says nothing of its connection, which is the server’s',
    tests: ['after a body that is too long the connection is closed: the client may still be sending [B-114]'],
  },
]
