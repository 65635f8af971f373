/** Fails when a text, which is what the tests have printed, holds a secret: a password of theirs, a hash, a session's. */
import { readFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'

const secrets = [
  ['an argon2 hash', /\$argon2(?:id|i|d)\$v=\d+\$m=\d+,t=\d+,p=\d+\$[\w+/]{8,}\$[\w+/]{16,}/g],
  ['an insecure hash of the tests', /\binsecure\$[\da-f]{64}\b/g],
  // 43 characters of base64url, of which random ones are of every kind: a session's secret, or its hash.
  ['the secret of a session', /(?<![\w./+-])(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{43}(?![\w./+=-])/g],
  // What the tests use for passwords that nobody may see.
  ['a password', /correct horse|[\w-]*Pa55word[\w-]*/g],
]

const [file] = process.argv.slice(2)
if (file === undefined) throw new Error('give the file to look into')
const lines = stripVTControlCharacters(readFileSync(file, 'utf8')).split('\n')
const found = lines.flatMap((line, index) =>
  secrets.filter(([, shape]) => line.search(shape) >= 0).map(([name]) => `line ${index + 1} holds ${name}`),
)
for (const finding of found) console.error(finding)
if (found.length > 0) process.exitCode = 1
else console.log(`${lines.length} lines hold no secret`)
