/** Writes how many milliseconds the import of a package takes, in a process that has imported nothing else. */
const [name] = process.argv.slice(2)
const start = performance.now()
await import(name)
console.log(performance.now() - start)
