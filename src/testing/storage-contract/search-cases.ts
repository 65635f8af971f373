import assert from 'node:assert/strict'
import type { UserRecord } from '../../domain/user.js'
import { aQuery, aUserRecord } from './builders.js'
import { deleteUser, given, insertUser, replaceUser } from './changes.js'
import { assertConflict } from './conflicts.js'
import type { ContractCase } from './contract-case.js'
import { idsOf, userIds } from './walks.js'

function withText(id: string, searchText: string): UserRecord {
  return aUserRecord({ id, searchText })
}

/** What a search finds, and what it never looks at. */
export const searchCases: readonly ContractCase[] = [
  {
    name: 'a search finds a text at the start, in the middle and at the end of each line',
    async run(storage) {
      await given(storage, {
        users: [withText('u1', 'anna maria\nam@example.com\nx7q'), withText('u2', 'ben\nb@b.org\ny8')],
      })
      for (const text of ['anna', 'na ma', 'maria', 'am@', '@example.', 'ample.com', 'x7q', '7']) {
        assert.deepEqual(await userIds(storage, text), ['u1'], text)
      }
    },
  },
  {
    name: 'a search of one or two characters works like any other [B-73]',
    async run(storage) {
      await given(storage, {
        users: [withText('u1', 'xa'), withText('u2', 'xab'), withText('u3', 'b\u00f6'), withText('u4', 'c')],
      })
      assert.deepEqual(await userIds(storage, 'a'), ['u1', 'u2'])
      assert.deepEqual(await userIds(storage, 'ab'), ['u2'])
      assert.deepEqual(await userIds(storage, 'ö'), ['u3'])
      assert.deepEqual(await userIds(storage, 'ax'), [])
    },
  },
  {
    name: 'a search finds texts that repeat and overlap themselves',
    async run(storage) {
      await given(storage, { users: [withText('u1', 'aaaaab'), withText('u2', 'ananas'), withText('u3', 'aaa')] })
      assert.deepEqual(await userIds(storage, 'aaab'), ['u1'])
      assert.deepEqual(await userIds(storage, 'aaaa'), ['u1'])
      assert.deepEqual(await userIds(storage, 'anas'), ['u2'])
      assert.deepEqual(await userIds(storage, 'anana'), ['u2'])
    },
  },
  {
    name: 'a search needs the characters next to each other and in order',
    async run(storage) {
      await given(storage, { users: [withText('u1', 'abc bcd'), withText('u2', 'bcd abc')] })
      assert.deepEqual(await userIds(storage, 'abcd'), [])
      assert.deepEqual(await userIds(storage, 'c b'), ['u1'])
      assert.deepEqual(await userIds(storage, 'bcd bcd'), [])
    },
  },
  {
    name: 'a user who has all parts of a longer text, but apart from each other, does not match it',
    async run(storage) {
      const parts = 'abc bcd cde def efg fgh ghi hij'
      await given(storage, {
        users: [withText('u1', parts), withText('u2', 'abcdefghij'), withText('u3', `${parts}j`)],
      })
      assert.deepEqual(await userIds(storage, 'abcdefghij'), ['u2'])
      const { total } = await storage.listUsers(aQuery({ match: 'abcdefghij', total: 'capped' }))
      assert.equal(total, 1)
    },
  },
  {
    name: 'a search never spans two lines',
    async run(storage) {
      await given(storage, { users: [withText('u1', 'ann\nann@example.com\nid1')] })
      for (const text of ['annann', 'ann ann', 'comid1', 'com id1', 'com%id1', 'com_id1']) {
        assert.deepEqual(await userIds(storage, text), [], text)
      }
    },
  },
  {
    name: 'a search keeps spaces, also at its ends [B-74]',
    async run(storage) {
      await given(storage, { users: [withText('u1', 'ann lee'), withText('u2', 'annlee'), withText('u3', 'ann  lee')] })
      assert.deepEqual(await userIds(storage, 'ann lee'), ['u1'])
      assert.deepEqual(await userIds(storage, ' '), ['u1', 'u3'])
      assert.deepEqual(await userIds(storage, 'ann '), ['u1', 'u3'])
      assert.deepEqual(await userIds(storage, '  '), ['u3'])
    },
  },
  {
    name: 'a search compares character by character: case, accents and forms were folded before [B-74]',
    async run(storage) {
      await given(storage, {
        users: [withText('u1', 'ann'), withText('u2', 'ANN'), withText('u3', 'änn'), withText('u4', 'a\u0308nn')],
      })
      assert.deepEqual(await userIds(storage, 'ann'), ['u1'])
      assert.deepEqual(await userIds(storage, 'ANN'), ['u2'])
      assert.deepEqual(await userIds(storage, 'Ann'), [])
      assert.deepEqual(await userIds(storage, '\u00e4nn'), ['u3'])
      assert.deepEqual(await userIds(storage, 'a\u0308'), ['u4'])
    },
  },
  {
    name: 'a search finds letters of every script and emoji',
    async run(storage) {
      const texts = ['зоя иванова', '山田太郎', 'محمد', 'ひらがな', '👩‍💻 dev', 'ελένη']
      await given(storage, { users: texts.map((text, index) => withText(`u${index}`, text)) })
      for (const [text, id] of [
        ['иван', 'u0'],
        ['田太', 'u1'],
        ['حم', 'u2'],
        ['が', 'u3'],
        ['👩‍💻', 'u4'],
        ['ένη', 'u5'],
      ] as const) {
        assert.deepEqual(await userIds(storage, text), [id], text)
      }
    },
  },
  {
    name: 'a search of 256 characters works, and so does a search text of the longest name, email and id',
    async run(storage) {
      const name = '名'.repeat(127)
      const email = `${'e'.repeat(241)}@example.com`
      const user = withText('u1', `${name}ß\n${email}\n${'i'.repeat(36)}`)
      await given(storage, { users: [user, withText('u2', name)] })
      assert.deepEqual(await userIds(storage, `${name}ß`), ['u1'])
      assert.deepEqual(await userIds(storage, email), ['u1'])
      assert.deepEqual(await userIds(storage, 'e'.repeat(256)), [])
      assert.deepEqual(await userIds(storage, '%'.repeat(256)), [])
      assert.deepEqual(await userIds(storage, '名'.repeat(256)), [])
    },
  },
  {
    name: 'a search looks into the search text and nowhere else [B-76]',
    async run(storage) {
      const user = aUserRecord({
        name: 'hidden-name',
        email: 'hidden@example.com',
        passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$aGFzaA',
        prefs: { 'hidden-key': 'hidden-value' },
        searchText: 'shown',
      })
      await given(storage, { users: [user] })
      for (const text of ['hidden', '$argon2id', 'argon2', 'm=19456', 'c29t', 'ann', 'active', '2026', '{']) {
        assert.deepEqual(
          await storage.listUsers(aQuery({ match: text, total: 'exact' })),
          { items: [], total: 0 },
          text,
        )
      }
      assert.deepEqual(await userIds(storage, 'shown'), ['ann'])
    },
  },
  {
    name: 'a search sees a user as the last replaceUser left them',
    async run(storage) {
      const ann = withText('ann', 'before')
      await given(storage, { users: [ann, withText('ben', 'bystander')] })
      await storage.commit([replaceUser(ann, { searchText: 'after' })])
      assert.deepEqual(await userIds(storage, 'before'), [])
      assert.deepEqual(await userIds(storage, 'after'), ['ann'])
      await assertConflict(storage, [replaceUser(ann, { searchText: 'refused' })], 'stale-user')
      assert.deepEqual(await userIds(storage, 'refused'), [])
      assert.deepEqual(await userIds(storage, 'after'), ['ann'])
    },
  },
  {
    name: 'a search does not find a deleted user or one who was refused',
    async run(storage) {
      const ann = withText('ann', 'same')
      await given(storage, { users: [ann, withText('ben', 'same')] })
      await storage.commit([deleteUser(ann)])
      await assertConflict(storage, [insertUser(withText('zoe', 'same')), insertUser(ann)], 'id-taken')
      assert.deepEqual(await userIds(storage, 'same'), ['ben'])
    },
  },
  {
    name: 'a search takes order, limit and offset like any list [B-75]',
    async run(storage) {
      const users = ['yes', 'no', 'yes', 'yes', 'no'].map((text, index) => withText(`u${index}`, text))
      await given(storage, { users })
      const page = async (query: object) => idsOf(await storage.listUsers(aQuery({ match: 'yes', ...query })))
      assert.deepEqual(await page({ order: 'newest-first' }), ['u3', 'u2', 'u0'])
      assert.deepEqual(await page({ offset: 1, limit: 1 }), ['u2'])
      assert.deepEqual(await page({ order: 'newest-first', offset: 2 }), ['u0'])
      const last = await storage.listUsers(aQuery({ match: 'yes', limit: 3 }))
      assert.ok(!('next' in last))
    },
  },
]
