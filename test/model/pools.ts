/** What the arguments of calls are chosen from: few, so that calls meet. */

export const emails = [
  ...['ada@example.com', 'ADA@example.com', 'ada@EXAMPLE.com', 'bob@example.com', 'Bob@Example.Com'],
  ...['c.x_y%@bücher.example', 'C.x_y%@BÜCHER.example', 'dan@example.org'],
]
export const names = ['', 'Ada', 'ADÉLE B', 'José 100%', 'x_y']
export const passwords = ['correct horse', 'correct horse', 'correct horse', 'battery staple', 'passwörd 3']
export const searches = [
  ...['', 'a', 'ad', 'ada', 'ADE', 'jose', 'é', '%', '_', 'x_y', 'example', 'r1', '.com', '\u0301', 'c.x_y%@bü'],
]
export const settings = [
  ...[{ a: 1 }, { a: 2, b: { c: [1, null] } }, { a: null }, { b: { c: 'é' } }, { b: null, z: '' }, {}],
]
export const statuses = ['active', 'active', 'active', 'blocked', 'disabled']
export const events = ['shop.order-placed', 'shop.tea-made']
export const callers = [{}, {}, { by: { actor: 'root', ip: '192.0.2.7', userAgent: 'robot' } }]
