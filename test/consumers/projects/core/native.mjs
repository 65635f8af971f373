/** Writes the native modules that the core has loaded once it is imported. */
import 'rollbook'

const { sharedObjects } = process.report.getReport()
console.log(JSON.stringify(sharedObjects.filter((file) => file.endsWith('.node'))))
