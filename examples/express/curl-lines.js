/** Three commands to paste into a shell: about the demo user, or for a database that has none. */
export function curlLines(url, apiKey, demoUser) {
  const curl = (path, ...args) =>
    ['curl -sS', ...args, `-H ${quoted(`X-Appwrite-Key: ${apiKey}`)}`, quoted(url + path)].join(' ')
  const json = (value) => `-H 'Content-Type: application/json' -d ${quoted(JSON.stringify(value))}`

  if (demoUser) {
    return [
      curl('/users?search=garcia'),
      curl(`/users/${demoUser.id}/logs?limit=5`),
      curl(`/users/${demoUser.id}/status`, '-X PATCH', json({ status: 2 })),
    ]
  }
  const ada = { email: 'ada@example.com', password: 'correct horse', name: 'Ada Lovelace' }
  return [curl('/users'), curl('/users', json(ada)), curl('/users?search=lovelace')]
}

/** A key of the host's own may have any printable character in it. */
function quoted(text) {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
