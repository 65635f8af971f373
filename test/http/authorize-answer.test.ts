import { runInNewContext } from 'node:vm'
import { afterEach, describe, expect, test } from 'vitest'
import { authorizationIn } from '../../src/http/authorization.js'

const caller = { actor: 'admin', ip: '203.0.113.7' }
const scopes = ['users.read']

describe('what authorize answered', () => {
  afterEach(() => {
    Reflect.deleteProperty(Object.prototype, 'scopes')
    Reflect.deleteProperty(Object.prototype, 'actor')
  })

  test('the documented answer lets in: frozen, without a prototype, by a proxy and of another realm too [B-153]', () => {
    const bare = Object.assign(Object.create(null), { caller: Object.assign(Object.create(null), caller), scopes })
    const answers = [
      { caller, scopes },
      Object.freeze({ caller: Object.freeze({ ...caller }), scopes: Object.freeze([...scopes]) }),
      bare,
      new Proxy({ caller, scopes }, {}),
      runInNewContext(`({ caller: { actor: 'admin', ip: '203.0.113.7' }, scopes: ['users.read'] })`),
    ]
    for (const answer of answers) expect(authorizationIn(answer)).toEqual({ caller, scopes })
    const partly = { caller: { actor: 'admin', ip: undefined, userAgent: undefined }, scopes: [] }
    expect(authorizationIn(partly)).toEqual(partly)
  })

  test('a plain no is nothing to talk about [B-153]', () => {
    for (const no of [undefined, null, false, 0, '', Number.NaN]) expect(authorizationIn(no)).toBeUndefined()
  })

  test('anything else is told what is wrong with it [B-153]', () => {
    const hidden = Object.defineProperty({ caller }, 'scopes', { value: scopes, enumerable: false })
    const cases: readonly (readonly [answer: unknown, why: RegExp])[] = [
      [true, /^the answer is not an object/],
      [[caller, scopes], /^the answer is not an object/],
      [() => ({ caller, scopes }), /^the answer is not an object/],
      [Object.assign(new Error('no'), { caller, scopes }), /^the answer is not a plain object/],
      [runInNewContext('Object.assign(new Error(), { caller: { actor: 1 }, scopes: [] })'), /is not a plain object/],
      [Object.create({ caller, scopes }), /^the answer is not a plain object/],
      [Object.create(Object.assign(Object.create(null), { caller, scopes })), /^caller is not an object/],
      [{ allowed: false, caller, scopes }, /^the answer has an unknown field allowed \(known: caller, scopes\)/],
      [{ ['a\nb'.repeat(99)]: 1 }, /^the answer has an unknown field [ab ]{64} \(known: caller/],
      [hidden, /^the answer has scopes as something other than a plain field/],
      [{ scopes }, /^caller is not an object/],
      [{ caller }, /^scopes is not an array/],
      [{ caller, scopes: 'users.read users.write' }, /^scopes is not an array/],
      [{ caller: { actor: '' }, scopes }, /^caller must have an actor/],
      [{ caller: { actor: 'a'.repeat(129) }, scopes }, /^caller must have an actor/],
      [{ caller: { ...caller, role: 'admin' }, scopes }, /^caller has an unknown field role/],
    ]
    for (const [answer, why] of cases) expect(authorizationIn(answer)).toMatch(why)
  })

  test('what somebody has put on Object.prototype lets nobody in [B-153]', () => {
    // Not enumerable, or nothing that walks over the names of an object works any more.
    Object.defineProperty(Object.prototype, 'scopes', { value: ['users.write'], configurable: true, writable: true })
    Object.defineProperty(Object.prototype, 'actor', { value: 'admin', configurable: true, writable: true })
    expect(authorizationIn({ caller })).toBe('scopes is not an array')
    expect(authorizationIn({ caller: {}, scopes })).toMatch(/^caller must have an actor/)
  })

  test('a list that answers includes as it likes opens nothing, and no getter or trap is asked twice [B-153]', () => {
    const liar = Object.assign(['users.read'], { includes: () => true })
    expect(authorizationIn({ caller, scopes: liar })).toEqual({ caller, scopes: ['users.read'] })
    let asked = 0
    const changing = new Proxy(
      { caller, scopes: [] as string[] },
      {
        getOwnPropertyDescriptor(target, key) {
          const value = key === 'scopes' && ++asked > 1 ? ['users.write'] : Reflect.get(target, key)
          return { value, enumerable: true, configurable: true, writable: true }
        },
      },
    )
    expect(authorizationIn(changing)).toEqual({ caller, scopes: [] })
  })
})
