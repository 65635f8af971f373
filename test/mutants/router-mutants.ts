import type { Mutant } from './mutant.js'

export const routerMutants: readonly Mutant[] = [
  {
    fault: 'everything that authorize answers lets in',
    file: 'src/http/authorization.ts',
    find: 'const found = authorizationIn(answer)',
    replace: 'const found = answer as Authorization | undefined',
    killedBy: {
      file: 'test/http-contract.test.ts',
      test: 'Express 5 at the root, before any parser nothing but a caller with scopes lets anybody in',
    },
  },
  {
    fault: 'an error of authorize lets in',
    file: 'src/http/authorization.ts',
    find: `throw new Error(\`authorize failed: \${cause instanceof Error ? cause.message : 'it threw no error'}\`, { cause })`,
    replace: `return { caller: { actor: String(cause) }, scopes: ['users.read', 'users.write'] }`,
    killedBy: {
      file: 'test/http-contract.test.ts',
      test: 'Express 5 at the root, before any parser when authorize throws or rejects nobody gets in',
    },
  },
  {
    fault: 'a reader may write',
    file: 'src/http/dispatcher.ts',
    find: 'if (scopes.includes(scope)) return',
    replace: 'if (scopes.length > 0 || scope) return',
    killedBy: {
      file: 'test/http-contract.test.ts',
      test: 'Express 5 at the root, before any parser a caller without the scope of a route gets 403, and nothing is done',
    },
  },
  {
    fault: 'the body is read before anybody is asked who sent it',
    file: 'src/http/dispatcher.ts',
    find: 'const authorization = await authorized(',
    replace: `await bodyFields(call)
      const authorization = await authorized(`,
    killedBy: {
      file: 'test/http-contract.test.ts',
      test: 'Express 5 at the root, before any parser a refused request is answered before its body has arrived',
    },
  },
  {
    fault: 'a request is counted before it is known whose it is',
    file: 'src/http/dispatcher.ts',
    find: 'const authorization = await authorized(',
    replace: `if (found?.route.isLimited) await rateLimited(limiter, found.operation, 'anybody', logger)
      const authorization = await authorized(`,
    killedBy: {
      file: 'test/http-contract.test.ts',
      test: 'Express 5 at the root, before any parser a request that is refused entrance does not count',
    },
  },
  {
    fault: 'an unexpected error is told to the client',
    file: 'src/http/unexpected-error.ts',
    find: `super('the users service failed', { cause })`,
    replace: 'super(String(cause), { cause })',
    killedBy: {
      file: 'test/http-unit.test.ts',
      test: 'the message is fixed, and neither stack nor fields tell of the cause',
    },
  },
  {
    fault: 'answers may be kept by caches',
    file: 'src/http/reply.ts',
    find: `'Cache-Control': 'no-store'`,
    replace: `'Cache-Control': 'max-age=60'`,
    killedBy: {
      file: 'test/http-contract.test.ts',
      test: 'Express 5 at the root, before any parser users are for nobody to cache',
    },
  },
  {
    fault: 'a part of a key is enough',
    file: 'src/http/api-keys.ts',
    find: 'timingSafeEqual(entry.digest, sentDigest)',
    replace: 'timingSafeEqual(entry.digest.subarray(0, 0), sentDigest.subarray(0, 0))',
    killedBy: { file: 'test/http/api-keys.test.ts', test: 'any other header opens nothing, and none throws' },
  },
  {
    fault: 'a form may be sent across sites',
    file: 'src/http/body.ts',
    find: `throw new HttpRefusal('unsupported-media-type', 'The body must be application/json in UTF-8, not compressed')`,
    replace: '',
    killedBy: {
      file: 'test/http-contract.test.ts',
      test: 'Express 5 at the root, before any parser a body of another content type, or of none, answers 415 and nothing is written',
    },
  },
  {
    fault: 'the address of a caller decides on the limit, and not the caller',
    file: 'src/http/dispatcher.ts',
    find: 'authorization.caller.actor, logger)',
    replace: `call.ip ?? '', logger)`,
    killedBy: {
      file: 'test/http-contract.test.ts',
      test: 'Express 5 at the root, before any parser routes and callers are counted apart',
    },
  },
  {
    fault: 'each user in the path has a limit of its own',
    file: 'src/http/dispatcher.ts',
    find: 'operation, authorization.caller.actor',
    replace: `\`\${operation}\${match.params.get('userId')}\`, authorization.caller.actor`,
    killedBy: {
      file: 'test/http-contract.test.ts',
      test: 'Express 5 at the root, before any parser routes and callers are counted apart',
    },
  },
  {
    fault: 'a password is hashed before it is known who sent the request',
    file: 'src/http/dispatcher.ts',
    find: 'const authorization = await authorized(',
    replace: `await users.verifyUserPassword({ email: 'a@b.co', password: 'x' }).catch(() => undefined)
      const authorization = await authorized(`,
    killedBy: {
      file: 'test/http-contract.test.ts',
      test: 'Express 5 at the root, before any parser for a refused caller neither the storage nor the hasher is asked',
    },
  },
]
