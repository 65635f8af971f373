/** Shows that a long run goes on, where somebody looks: a pipe gets nothing but the tables. */
export function progress() {
  if (process.stderr.isTTY) process.stderr.write('.')
}
