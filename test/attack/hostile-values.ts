import fc from 'fast-check'

/** Texts that are a trap for parsers, objects, paths, databases, logs or limits. */
export const hostileTexts: readonly string[] = [
  ...[
    '',
    ' ',
    '\0',
    'a\0b',
    '\r\nX-Evil: 1',
    '\x1b[31m',
    '\u0085',
    '\u2028',
    '\u202eabc',
    '\ud800',
    '\udc00x',
    '\ufeff',
  ],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '.', '..', '../..', '*', '-', ':session'],
  ...[
    "'",
    '"',
    '`',
    '\\',
    "'; drop table users--",
    '$',
    '$id',
    '$(id)',
    '{userId}',
    '%',
    '%%',
    '%25',
    '_',
    '[a]',
    '?',
    '#',
  ],
  ...['alice OR', 'NEAR(', 'email:', '* ', '^', '(', ')', 'a@b.c', 'a-b', '{', '+', 'AND', 'NOT x', 'x*', '-x', '100%'],
  ...[
    '<script>alert(1)</script>',
    '👨‍👩‍👧',
    'é',
    'e\u0301',
    'ς',
    'İ',
    'ß',
    '０',
    '٣',
    'a'.repeat(37),
    'a'.repeat(257),
    '🦊'.repeat(300),
  ],
]

/** Texts as they may stand in a path or a query, encoded or not. */
export const hostileEncodings: readonly string[] = [
  ...['%', '%zz', '%E0%A4%A', '%00', '%0d%0aX-Evil:1', '%ED%A0%80', '%F0%9F%A6%8A', '%2F', '%2e%2e', '%252e', '%c0%af'],
  ...[
    '/',
    '//',
    '/./',
    '/../',
    ';a=b',
    '\\',
    '?',
    '??',
    '#x',
    '&',
    '=',
    '+',
    '..;',
    '%3F',
    '%23',
    '{}',
    '|',
    '"',
    '<',
    '^',
  ],
  ...['é', '🦊', '\x7f', '\x01', '\t', '%u0041', '%25', '%', 'a'.repeat(5000), '%41'.repeat(2000)],
]

/** Numbers in a query, right and wrong. */
export const oddNumbers: readonly string[] = [
  ...[
    '0',
    '1',
    '25',
    '100',
    '101',
    '-1',
    '-0',
    '+1',
    '1.5',
    '1e2',
    '0x10',
    '025',
    ' 5 ',
    '5abc',
    'NaN',
    'Infinity',
    '٣',
  ],
  ...['9007199254740991', '9007199254740993', '99999999999999999999', 'null', 'true', '[]', '1,2', '%31', '1;drop'],
]

/** What JSON can hold and no field expects. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -0, -1, 1.5, 1e308, 2 ** 53, [], {}, [1], [null], [[]], { a: 1 }),
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('{"a":1}', '[]', '{', '{"__proto__":{"polluted":1}}', 'null', '0', '1', '2', '3', '01'),
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom(30, 300).map((depth) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)),
  fc.constantFrom(1001, 3000).map((count) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, n]))),
)

/** Bodies that are no JSON, or JSON that is a trap. */
export const hostileBodies: readonly (string | Uint8Array)[] = [
  ...[
    '',
    '{',
    '}',
    '[]',
    '[{}]',
    'null',
    '""',
    '"x"',
    '0',
    'true',
    'undefined',
    '{"a":}',
    '{"email"',
    "{'a':1}",
    '{,}',
  ],
  ...[
    '\ufeff{}',
    '{}{}',
    '{"status":1}x',
    '{"status":1,"status":2}',
    '{"__proto__":{"status":1}}',
    '{"status":"\\ud800"}',
  ],
  ...['['.repeat(20_000), `{"prefs":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`, `{"prefs":"${'x'.repeat(70_000)}"}`],
  ...[
    `{"name":"${'x'.repeat(140_000)}"}`,
    `{"n":${'9'.repeat(10_000)}}`,
    `{"prefs":{"${'k'.repeat(66_000)}":1}}`,
    'a=b&c=d',
  ],
  Buffer.from('{"status":1}', 'utf16le'),
  Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]),
  Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]),
  Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00]),
]

/** Types of content, right and wrong. */
export const contentTypes: readonly string[] = [
  ...[
    'application/json',
    'APPLICATION/JSON; charset=UTF-8',
    'application/merge-patch+json',
    'application/json;charset="utf-8"',
  ],
  ...[
    'application/json; charset=utf-16',
    'application/json; charset=x-unknown',
    'application/json, text/plain',
    'application/jsonx',
  ],
  ...[
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    '',
    '/',
    ';',
    'json',
    '*/*',
  ],
]

/** Headers that mean something to a framework, a proxy or an attacker. None of them is one that `apiKeys` reads. */
export const hostileHeaders: fc.Arbitrary<readonly [string, string]> = fc.oneof(
  fc.tuple(
    fc.constantFrom('X-Forwarded-For', 'Forwarded', 'X-Real-IP', 'CF-Connecting-IP', 'X-Forwarded-Host', 'User-Agent'),
    fc.oneof(
      fc.constantFrom('1.2.3.4', '::1', 'for="[::1]"', '1.2.3.4, ::1', 'x'.repeat(3000)),
      fc.constantFrom(...hostileTexts),
    ),
  ),
  fc.tuple(
    fc.constantFrom('X-HTTP-Method-Override', 'X-Method-Override', 'X-HTTP-Method', 'X-Original-Method'),
    fc.constantFrom('DELETE', 'GET', 'PATCH', 'TRACE'),
  ),
  fc.tuple(
    fc.constantFrom('X-Original-URL', 'X-Rewrite-URL', 'X-User-Id', 'X-Appwrite-Mode', 'Cookie'),
    fc.constantFrom('/users', 'admin', 'ada'),
  ),
  fc.constantFrom<readonly [string, string]>(
    ['Content-Encoding', 'gzip'],
    ['Content-Encoding', 'deflate, br'],
    ['Accept', 'text/html'],
    ['Accept-Encoding', 'gzip;q=9'],
    ['If-None-Match', '*'],
    ['If-Match', '"x"'],
    ['Range', 'bytes=0-1'],
    ['Expect', '100-continue'],
    ['Expect', 'nothing'],
    ['Upgrade', 'h2c'],
    ['TE', 'trailers'],
    ['Origin', 'null'],
    ['__proto__', 'x'],
    ['constructor', 'x'],
    ['Host', 'evil.example'],
    ['X-Long', 'x'.repeat(20_000)],
    ['X bad name', 'x'],
    [' X', 'x'],
  ),
)
