/** Fills a template, escaping every text that is put in; lists of templates are joined. */
function html(strings, ...values) {
  return { markup: String.raw({ raw: strings }, ...values.map(markupOf)) }
}

function markupOf(value) {
  if (Array.isArray(value)) return value.map(markupOf).join('')
  if (value === undefined) return ''
  return value.markup ?? String(value).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}

function page(title, content) {
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<link rel="stylesheet" href="/style.css">
<main>${content}</main>
</html>
`.markup
}

/** The form. `problem` says why the last try failed; `demo` is the seeded user, where there is one. */
export function signInPage({ demo, problem, email }) {
  const typed = typeof email === 'string' ? email : ''
  return page(
    'Sign in - Rollbook demo',
    html`
<h1>Sign in</h1>
${problem && html`<p role="alert">${problem}</p>`}
<form method="post" action="/sign-in">
  <label>Email <input name="email" type="email" autocomplete="username" required value="${typed}"></label>
  <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
  <button>Sign in</button>
</form>
${demoHint(demo)}`,
  )
}

function demoHint(demo) {
  if (!demo) {
    return html`<p class="hint">There is no demo user yet: this database was started empty. Start the demo on a new one
      without <code>ROLLBOOK_SEED=0</code>, or create a user with curl and activate them.</p>`
  }
  const activate = html`<p class="hint">The demo user is ${demo.status} now. The third curl line of the terminal, with
    <code>{"status":1}</code>, lets them in again.</p>`
  return html`<dl class="hint"><dt>Demo email</dt><dd><code>${demo.email}</code></dd>
    <dt>Demo password</dt><dd><code>${demo.password}</code></dd></dl>
    ${demo.status === 'active' ? undefined : activate}`
}

/** What a signed-in user sees of themselves. */
export function signedInPage({ user, session, sessions, logs }) {
  const isThis = (id) => (id === session.id ? html` <em>this one</em>` : undefined)
  return page(
    `${user.name} - Rollbook demo`,
    html`
<h1>Signed in as ${user.name}</h1>
<p>${user.email}</p>
<form method="post" action="/sign-out"><button>Sign out</button></form>
<p class="hint">Now be the admin: paste the third curl line of the terminal, then load this page again.</p>
<h2>Your sessions</h2>
<table>
<tr><th>Since<th>With<th>From</tr>
${sessions.map((row) => html`<tr><td>${time(row.createdAt)}<td>${clientOf(row)}${isThis(row.id)}<td>${placeOf(row)}</tr>\n`)}
</table>
<h2>Your activity</h2>
<table>
<tr><th>When<th>What<th>With<th>From</tr>
${logs.map((row) => html`<tr><td>${time(row.at)}<td>${row.event}<td>${clientOf(row)}<td>${placeOf(row)}</tr>\n`)}
</table>`,
  )
}

function time(date) {
  const text = date.toISOString()
  return html`<time datetime="${text}">${text.slice(0, 16).replace('T', ' ')}</time>`
}

function clientOf({ client, os, device }) {
  return [client?.name, os?.name, device?.model].filter(Boolean).join(', ') || 'unknown'
}

function placeOf({ ip, location }) {
  return [location?.countryName, ip].filter(Boolean).join(', ') || 'unknown'
}
