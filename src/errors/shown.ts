// What JSON leaves as it is although a log or a terminal obeys it: controls, line ends, marks of the reading direction.
const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

/** A caller's text in a message: quoted, on one line, and never long. */
export function shown(text: string): string {
  const quoted = JSON.stringify(text.length > 64 ? `${text.slice(0, 64)}...` : text)
  return quoted.replaceAll(unprintable, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
