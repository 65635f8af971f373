/** A parser that a host may have in front of the mount. */
export type Parser = 'express.json' | 'express.json, not strict' | 'koa-bodyparser' | 'koa-bodyparser, not strict'

interface Refusal {
  readonly parsers: readonly Parser[]
  readonly reason: string
  readonly tests: readonly string[]
}

const strict: readonly Parser[] = ['express.json', 'koa-bodyparser']
const ofExpress: readonly Parser[] = ['express.json', 'express.json, not strict']
const ofKoa: readonly Parser[] = ['koa-bodyparser', 'koa-bodyparser, not strict']

const refusals: readonly Refusal[] = [
  {
    parsers: [...ofExpress, ...ofKoa],
    reason: 'the parser reads the body, and answers what is no JSON, before anybody is asked',
    tests: [
      'a refused request is answered before its body has arrived [B-08]',
      'GET and DELETE answer also when their body is no JSON at all',
      'a body that is no JSON in UTF-8 answers 400 and nothing is written [B-10]',
    ],
  },
  {
    parsers: [...ofExpress, ...ofKoa],
    reason: 'the parser drops a byte order mark',
    tests: ['a body that begins with a byte order mark answers 400 [B-10]'],
  },
  {
    parsers: [...ofExpress, ...ofKoa],
    reason: 'the parser decodes by the charset, or refuses it, by itself',
    tests: ['a charset other than UTF-8 answers 415 [B-10]'],
  },
  {
    parsers: [...ofExpress, ...ofKoa],
    reason: 'the parser decompresses the body',
    tests: ['a compressed body answers 415 [B-10]'],
  },
  {
    parsers: [...ofExpress, ...ofKoa],
    reason: 'the parser reads the parameters of the content type, and leaves a body that it does not know unread',
    tests: ['a content type that is given twice, or has parameters that cannot be read, answers 415 [B-149]'],
  },
  {
    parsers: [...ofExpress, ...ofKoa],
    reason: 'the parser has a limit of its own: 100 KiB for Express, 1 MiB for Koa',
    tests: [
      'a body of more than 128 KiB answers 413, told or found to be so long, and nothing is written [B-114]',
      'after a body that is too long the connection is closed: the client may still be sending [B-114]',
    ],
  },
  {
    parsers: strict,
    reason: 'a strict parser refuses every JSON text that is neither an object nor a list',
    tests: [
      'GET answers also when its body is the JSON text "" or null',
      'the JSON texts "" and null say nothing, like no body [B-10]',
      'a body that is JSON but no object answers 400 [B-10]',
    ],
  },
  {
    parsers: ofKoa,
    reason: 'koa-bodyparser refuses a body with the name __proto__ in it',
    tests: [
      'a field named __proto__ sets nothing [B-13]',
      'settings named __proto__ are refused, and reach no prototype [B-65]',
    ],
  },
]

/** The cases of the contract that cannot reach a mount behind a parser, for `skip`. */
export function refusedBy(parser: Parser | undefined): readonly Refusal[] {
  return refusals.filter(({ parsers }) => parsers.some((one) => one === parser))
}
