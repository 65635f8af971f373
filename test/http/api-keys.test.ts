import { describe, expect, test } from 'vitest'
import { apiKeys, generateApiKey } from '../../src/http/api-keys.js'
import type { AuthorizeRequest } from '../../src/http/authorization.js'
import { scopes } from '../../src/http/scope.js'

describe('apiKeys', () => {
  const ask = (keys: Parameters<typeof apiKeys>[0], headers: AuthorizeRequest['headers']) =>
    apiKeys(keys)({ method: 'GET', headers, ip: undefined, host: undefined })

  test('a key opens as X-Appwrite-Key and as a bearer, whatever the case of the scheme [B-07]', () => {
    const yes = { caller: { actor: 'console' }, scopes }
    const keys = [{ key: 'first' }, { key: 'Key-2', name: 'console' }]
    expect(ask(keys, { 'x-appwrite-key': 'Key-2' })).toEqual(yes)
    for (const scheme of ['Bearer', 'bearer', 'BEARER', 'Bearer  ']) {
      expect(ask(keys, { authorization: `${scheme} Key-2` })).toEqual(yes)
    }
    expect(ask(keys, { 'x-appwrite-key': '', authorization: 'Bearer Key-2' })).toEqual(yes)
  })

  test('any other header opens nothing, and none throws [B-07, B-10]', () => {
    const wrong = ['', ' ', 'key-1 ', 'Key-1', 'key-', 'key-11', 'key-1, key-1', 'k'.repeat(10_000), '\0', 'ключ']
    const headers: AuthorizeRequest['headers'][] = [
      ...wrong.map((key) => ({ 'x-appwrite-key': key })),
      ...[
        'key-1',
        'Bearer',
        'Bearer ',
        'Bearer %',
        'Bearerkey-1',
        'Basic key-1',
        'Bearer a key-1',
        'Bearer key-1 b',
      ].map((authorization) => ({ authorization })),
      ...[{}, { 'x-appwrite-key': ['key-1', 'key-1'] }, { 'x-api-key': 'key-1' }, { cookie: 'key=key-1' }],
      { 'x-appwrite-key': 'wrong', authorization: 'Bearer key-1' },
    ]
    for (const sent of headers) expect(ask(['key-1'], sent), JSON.stringify(sent)).toBeUndefined()
  })

  test('nobody gets in by a key that somebody sent before', () => {
    const authorize = apiKeys(['key-1', 'key-2'])
    const answers = ['key-1', 'wrong', 'key-2', 'x', 'key-1'].map((key) =>
      authorize({ method: 'GET', headers: { 'x-appwrite-key': key }, ip: undefined, host: undefined }),
    )
    expect(answers.map(Boolean)).toEqual([true, false, true, false, true])
    expect(answers[0]).not.toEqual(answers[2])
  })

  test('a key has the scopes it was given, and a name that tells nothing of it', () => {
    const answer = ask([{ key: 'key-1', scopes: ['users.read'] }], { 'x-appwrite-key': 'key-1' })
    expect(answer).toEqual({ caller: { actor: expect.stringMatching(/^key:[0-9a-f]{8}$/) }, scopes: ['users.read'] })
  })

  test('no keys, an empty one, and one that no header can carry are refused at once [B-07]', () => {
    const wrong: unknown[] = [
      [],
      undefined,
      'key',
      [''],
      [' '],
      ['a b'],
      ['schlüssel'],
      ['a\n'],
      [{ key: '' }],
      [{}],
      [1],
    ]
    for (const keys of wrong) {
      expect(() => apiKeys(keys as string[]), JSON.stringify(keys)).toThrow(
        expect.objectContaining({ code: 'invalid-options', message: expect.stringContaining('apiKeys') }),
      )
    }
  })

  test('an entry with a mistyped option is refused at once, and not given every scope [B-21]', () => {
    const entries: unknown[] = [
      { key: 'key-1', scope: ['users.read'] },
      { key: 'key-1', scopes: 'users.read' },
    ]
    for (const entry of [...entries, { key: 'key-1', scopes: ['users.raed'] }]) {
      expect(() => apiKeys([entry as string]), JSON.stringify(entry)).toThrow(
        expect.objectContaining({ code: 'invalid-options' }),
      )
    }
  })

  test('a key may have every scope there is, and what is none is refused by its name [B-21, B-166]', () => {
    const answer = ask([{ key: 'key-1', scopes }], { 'x-appwrite-key': 'key-1' })
    expect(answer).toMatchObject({ scopes })
    expect(scopes.toSorted()).toEqual([
      ...['sessions.write', 'tokens.write', 'users.credentials', 'users.delete'],
      ...['users.export', 'users.labels', 'users.read', 'users.write'],
    ])
    for (const scope of ['users.admin', 'users', '*', '', undefined]) {
      const keys = [{ key: 'key-1' }, { key: 'key-2', scopes: ['users.read', scope] }]
      expect(() => apiKeys(keys as Parameters<typeof apiKeys>[0])).toThrow(
        `apiKeys: key 2: scopes.1 is ${scope === undefined ? scope : JSON.stringify(scope)}, which is not a scope (known: users.read,`,
      )
    }
  })

  test('a generated key has 256 bits and no capitals', () => {
    const keys = new Set(Array.from({ length: 100 }, generateApiKey))
    expect(keys.size).toBe(100)
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{64}$/)
  })
})
