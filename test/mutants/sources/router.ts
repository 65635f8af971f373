import type { SourceMutant } from '../mutant.js'

export const routerMutants: readonly SourceMutant[] = [
  {
    fault: 'everything that authorize answers lets in',
    file: 'src/http/authorization.ts',
    code: 'const found = authorizationIn(answer)',
    becomes: 'const found = answer as Authorization | undefined',
    killedBy: {
      file: 'test/http/contract.test.ts',
      test: 'Express 5 at the root, before any parser nothing but a caller with scopes lets anybody in',
    },
  },
  {
    fault: 'an error of authorize lets in',
    file: 'src/http/authorization.ts',
    code: `throw new Error(\`authorize failed: \${cause instanceof Error ? cause.message : 'it threw something that is not an Error'}\`, { cause })`,
    becomes: `return { caller: { actor: String(cause) }, scopes: ['users.read', 'users.write'] }`,
    killedBy: {
      file: 'test/http/contract.test.ts',
      test: 'Express 5 at the root, before any parser when authorize throws or rejects nobody gets in',
    },
  },
  {
    fault: 'a reader may write',
    file: 'src/http/dispatcher.ts',
    code: 'if (scopes.includes(scope)) return',
    becomes: 'if (scopes.length > 0 || scope) return',
    killedBy: {
      file: 'test/http/contract.test.ts',
      test: 'Express 5 at the root, before any parser a caller without the scope of a route gets 403, and nothing is done',
    },
  },
  {
    fault: 'the body is read before anybody is asked who sent it',
    file: 'src/http/dispatcher.ts',
    within: 'answerIn',
    code: 'const authorization = await authorized($$$ARGS)',
    becomes: `await bodyFields(call)
      const authorization = await authorized($ARGS)`,
    killedBy: {
      file: 'test/http/contract.test.ts',
      test: 'Express 5 at the root, before any parser a refused request is answered before its body has arrived',
    },
  },
  {
    fault: 'a request is counted before it is known whose it is',
    file: 'src/http/dispatcher.ts',
    within: 'answerIn',
    code: 'const authorization = await authorized($$$ARGS)',
    becomes: `if (found?.route.isLimited) await rateLimited(limiter, found.operation, 'anybody', logger)
      const authorization = await authorized($ARGS)`,
    killedBy: {
      file: 'test/http/contract.test.ts',
      test: 'Express 5 at the root, before any parser a request that is refused entrance does not count',
    },
  },
  {
    fault: 'an unexpected error is told to the client',
    file: 'src/http/errors.ts',
    code: `super('the users service failed', { cause })`,
    becomes: 'super(String(cause), { cause })',
    killedBy: {
      file: 'test/http/unit.test.ts',
      test: 'the message is fixed, and neither stack nor fields tell of the cause',
    },
  },
  {
    fault: 'answers may be kept by caches',
    file: 'src/http/reply.ts',
    text: `'Cache-Control': 'no-store'`,
    becomes: `'Cache-Control': 'max-age=60'`,
    killedBy: {
      file: 'test/http/contract.test.ts',
      test: 'Express 5 at the root, before any parser users are for nobody to cache',
    },
  },
  {
    fault: 'an answer does not say which dialect it is in',
    file: 'src/http/dispatcher.ts',
    code: `{ 'X-Rollbook-Dialect': dialect.name }`,
    becomes: '{}',
    killedBy: {
      file: 'test/http/contract.test.ts',
      test: 'Express 5 at the root, before any parser POST /users answers 201 with the user',
    },
  },
  {
    fault: 'a route of the host is answered in a dialect',
    file: 'src/http/reply.ts',
    within: 'plainWords',
    code: '{ error: { code: problem.code, message: plainMessage(problem) } }',
    becomes: '{ code: 401, message: plainMessage(problem) }',
    killedBy: {
      file: 'test/http/require-user.test.ts',
      test: 'on Express without a living session nobody gets to the handler',
    },
  },
  {
    fault: 'a part of a key is enough',
    file: 'src/http/api-keys.ts',
    code: 'timingSafeEqual(entry.digest, sentDigest)',
    becomes: 'timingSafeEqual(entry.digest.subarray(0, 0), sentDigest.subarray(0, 0))',
    killedBy: { file: 'test/http/api-keys.test.ts', test: 'any other header opens nothing, and none throws' },
  },
  {
    fault: 'a form may be sent across sites',
    file: 'src/http/body.ts',
    code: 'throw unsupportedMediaType()',
    becomes: '',
    killedBy: {
      file: 'test/http/contract.test.ts',
      test: 'Express 5 at the root, before any parser a body of another content type, or of none, answers 415 and nothing is written',
    },
  },
  {
    fault: 'the address of a caller decides on the limit, and not the caller',
    file: 'src/http/dispatcher.ts',
    code: 'rateLimited($LIMITER, $ROUTE, authorization.caller.actor, $LOGGER)',
    becomes: `rateLimited($LIMITER, $ROUTE, call.ip ?? '', $LOGGER)`,
    killedBy: {
      file: 'test/http/contract.test.ts',
      test: 'Express 5 at the root, before any parser routes and callers are counted apart',
    },
  },
  {
    fault: 'each user in the path has a limit of its own',
    file: 'src/http/dispatcher.ts',
    code: 'rateLimited($LIMITER, $ROUTE, authorization.caller.actor, $LOGGER)',
    becomes: `rateLimited($LIMITER, $ROUTE + match.params.get('userId'), authorization.caller.actor, $LOGGER)`,
    killedBy: {
      file: 'test/http/contract.test.ts',
      test: 'Express 5 at the root, before any parser routes and callers are counted apart',
    },
  },
  {
    fault: 'a password is hashed before it is known who sent the request',
    file: 'src/http/dispatcher.ts',
    within: 'answerIn',
    code: 'const authorization = await authorized($$$ARGS)',
    becomes: `await users.verifyUserPassword({ email: 'a@b.co', password: 'x' }).catch(() => undefined)
      const authorization = await authorized($ARGS)`,
    killedBy: {
      file: 'test/http/contract.test.ts',
      test: 'Express 5 at the root, before any parser for a refused caller neither the storage nor the hasher is asked',
    },
  },
]
