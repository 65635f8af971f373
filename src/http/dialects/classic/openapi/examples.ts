import type { JsonValue } from '../../../../domain/json.js'

// Each of these is in the document once, since some tools take any `$id` for the name of a schema.

/** The user of most examples, as a list shows them. */
export const ada = {
  $id: 'mk0ym7k0h3v9c1x5t8qz',
  status: 1,
  email: 'ada@example.com',
  registration: 1767605400,
  emailVerification: false,
  name: 'Ada Lovelace',
}

/** The user whom a search finds. */
export const charles = {
  ...ada,
  $id: 'mk0ym7k0b4d8f2h6k0nm',
  email: 'charles@example.com',
  name: 'Charles Babbage',
}

/** The user who is blocked. */
export const mallory = {
  ...ada,
  $id: 'mk0ym7k0q9s3u7w1y5za',
  email: 'mallory@example.com',
  name: 'Mallory',
}

/** What Ada has set. */
export const adasPrefs = { theme: 'light', language: 'en' }

const adasOrigin = {
  OS: { name: 'Mac', short_name: 'MAC', version: '10.15', platform: '' },
  client: { type: 'browser', name: 'Chrome', short_name: 'CH', version: '80.0', engine: 'Blink' },
  device: 0,
  brand: '',
  model: '',
  ip: '203.0.113.7',
  geo: { isoCode: 'se', country: 'Sweden' },
}

/** Ada's one session. */
export const adasSession = { $id: 'mk1082w0n6d2f4j7r0ba', ...adasOrigin }

/** What is known of Ada: she signed in, some time after she was created. */
export const adasLog: readonly JsonValue[] = [
  {
    event: 'account.sessions.create',
    actor: '',
    details: { sessionId: adasSession.$id },
    time: 1767608100,
    ...adasOrigin,
  },
  {
    event: 'account.create',
    actor: 'signup',
    details: {},
    time: ada.registration,
    OS: null,
    client: null,
    device: null,
    brand: '',
    model: '',
    ip: '',
    geo: { isoCode: '--', country: 'Unknown' },
  },
]

/** The user who is created in the examples. */
export const grace = {
  $id: 'mk2aubk0w5y8e1g3k6mp',
  status: 0,
  email: 'grace@example.com',
  registration: 1767686400,
  emailVerification: false,
  name: 'Grace Hopper',
}

/** The paths of the examples. */
export const ofAda = { userId: ada.$id }
export const ofAdasSession = { ...ofAda, sessionId: adasSession.$id }
