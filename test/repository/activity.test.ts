import { expect, test } from 'vitest'
import { serviceEvents } from '../../src/domain/activity.js'
import { logsOutput } from '../../src/http/dialects/classic/output.js'
import { textOf } from './files.js'

test('every event of the service is documented, with its name over HTTP', () => {
  const rows = [...textOf('docs/activity.md').matchAll(/^\| `([a-z.-]+)` \|.*\| `([a-z.]+)` \|$/gm)]
  const wireName = (event: string) => logsOutput({ items: [{ id: '1', event, at: new Date(0) }] })[0]?.event
  expect(rows.map(([, event, name]) => [event, name])).toEqual(serviceEvents.map((event) => [event, wireName(event)]))
})
