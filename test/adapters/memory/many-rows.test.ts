import { describe, expect, test } from 'vitest'
import { memoryStorage } from '../../../adapters/memory/index.js'
import { noRows, putRow, type Rows, removeRow, rowsBelow, rowsFrom } from '../../../adapters/memory/rows.js'
import type { Change, UsersStorage } from '../../../src/ports/storage.js'
import { anEntry, aSession, aUserRecord } from '../../../src/testing/storage-contract/builders.js'
import { appendActivity, insertUser } from '../../../src/testing/storage-contract/changes.js'

const user = aUserRecord({ id: 'ann' })

/** A moment that counts how often it is compared with another. */
function countingDate(at: number) {
  let count = 0
  const date = new Date(at)
  Object.defineProperty(date, Symbol.toPrimitive, {
    value() {
      count++
      return at
    },
  })
  return { date, compared: () => count }
}

async function withMany(changes: (index: number) => Change, count: number): Promise<UsersStorage> {
  const storage = memoryStorage()
  await storage.commit([insertUser(user), ...Array.from({ length: count }, (_, index) => changes(index))])
  return storage
}

async function sweepAll(storage: UsersStorage, request: { expiredAt: Date; activityBefore?: Date }) {
  const swept = { sessions: 0, activity: 0 }
  for (;;) {
    const { deleted, done } = await storage.sweep({ ...request, limit: 20 })
    expect(deleted.sessions + deleted.activity).toBeLessThanOrEqual(20)
    swept.sessions += deleted.sessions
    swept.activity += deleted.activity
    if (done) return swept
  }
}

describe('the memory storage with very many rows of one user', () => {
  const count = 20_000

  test('looks at each entry a few times in a whole sweep, wherever the old ones are [B-147]', async () => {
    const entry = (index: number) =>
      appendActivity(anEntry({ id: `e${index}`, userId: 'ann', at: new Date(index % 2) }))
    const storage = await withMany(entry, count)
    const { date, compared } = countingDate(1)
    expect(await sweepAll(storage, { expiredAt: new Date(0), activityBefore: date })).toEqual({
      sessions: 0,
      activity: count / 2,
    })
    expect(compared()).toBeLessThan(3 * count)
    const left = await storage.listActivity('ann', { limit: 1, offset: 0, total: 'exact' })
    expect(left.total).toBe(count / 2)
  })

  test('looks at each session a few times in a whole sweep, also while entries go [B-147]', async () => {
    const both = (index: number): Change =>
      index % 4 === 0
        ? appendActivity(anEntry({ id: `e${index}`, userId: 'ann', at: new Date(0) }))
        : { op: 'insertSession', session: aSession({ ...named(index), userId: 'ann', expiresAt: new Date(index % 2) }) }
    const storage = await withMany(both, count)
    const { date, compared } = countingDate(0)
    const swept = await sweepAll(storage, { expiredAt: date, activityBefore: new Date(1) })
    expect(swept).toEqual({ sessions: count / 4, activity: count / 4 })
    expect(compared()).toBeLessThan(3 * count)
  })

  test('also sweeps what was written behind the last step before it says that nothing is left [B-147]', async () => {
    const storage = await withMany((index) => appendActivity(anEntry({ id: `e${index}`, at: new Date(0) })), 30)
    const request = { expiredAt: new Date(0), activityBefore: new Date(1), limit: 20 }
    const session = aSession({ userId: 'ann', expiresAt: new Date(0) })
    expect(await storage.sweep(request)).toEqual({ deleted: { sessions: 0, tokens: 0, activity: 20 }, done: false })
    await storage.commit([{ op: 'insertSession', session }])
    expect(await storage.sweep(request)).toEqual({ deleted: { sessions: 1, tokens: 0, activity: 10 }, done: true })
  })

  test('ends all sessions but the newest, and deletes the user, with nothing left over [B-147]', async () => {
    const session = (index: number): Change => ({
      op: 'insertSession',
      session: aSession({ ...named(index), userId: 'ann' }),
    })
    const storage = await withMany(session, count)
    await storage.commit([{ op: 'keepNewestSessions', userId: 'ann', keep: 3000 }])
    const walked = await storage.walk('sessions', { limit: count })
    expect(walked.items.map(({ id }) => id)).toEqual(Array.from({ length: 3000 }, (_, n) => `s${count - 3000 + n}`))
    const tombstone = { id: 'ann', deletedAt: new Date(0), actor: undefined }
    await storage.commit([
      appendActivity(anEntry({ userId: 'ann' })),
      { op: 'deleteUser', userId: 'ann', expectedVersion: user.version, tombstone },
    ])
    expect((await storage.walk('sessions', { limit: 1 })).items).toEqual([])
    expect((await storage.walk('activity', { limit: 1 })).items).toEqual([])
  })
})

function named(index: number) {
  return { id: `s${index}`, secretHash: `hash ${index}` }
}

describe('rows in blocks', () => {
  const seqsOf = (rows: Iterable<{ seq: number }>) => [...rows].map(({ seq }) => seq)

  /** Every third number is there, and some went and came back as a commit that fails gives them back. */
  function manyRows(): { rows: Rows<string>; seqs: readonly number[] } {
    const rows = noRows<string>()
    const seqs = Array.from({ length: 7000 }, (_, index) => 3 * index + 1)
    for (const seq of seqs) putRow(rows, { seq, record: 'first' })
    for (const seq of seqs.slice(1000, 6000)) removeRow(rows, seq)
    removeRow(rows, 2)
    for (const seq of seqs.slice(1000, 6000).reverse()) putRow(rows, { seq, record: 'again' })
    return { rows, seqs }
  }

  test('are walked in both directions, from any number and after any offset, in order', () => {
    const { rows, seqs } = manyRows()
    expect(rows.size).toBe(seqs.length)
    for (const from of [0, 1, 2, 3001, 3002, 18_000, 20_998, 20_999]) {
      for (const skipped of [0, 1, 1023, 1024, 1025, 5000, 9000]) {
        expect(seqsOf(rowsFrom(rows, from, skipped))).toEqual(seqs.filter((seq) => seq >= from).slice(skipped))
        const below = seqs.filter((seq) => seq < from).reverse()
        expect(seqsOf(rowsBelow(rows, from, skipped))).toEqual(below.slice(skipped))
      }
    }
    expect(Math.max(...rows.blocks.map((block) => block.length))).toBeLessThanOrEqual(2048)
  })

  test('are changed in place, and nothing is left when all have gone', () => {
    const { rows, seqs } = manyRows()
    putRow(rows, { seq: 3001, record: 'changed' })
    expect([...rowsFrom(rows, 3001)][0]).toEqual({ seq: 3001, record: 'changed' })
    expect(rows.size).toBe(seqs.length)
    for (const seq of seqs) removeRow(rows, seq)
    expect(rows).toEqual({ blocks: [], size: 0 })
    expect(seqsOf(rowsBelow(rows, Number.POSITIVE_INFINITY))).toEqual([])
  })
})
