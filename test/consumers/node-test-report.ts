/** How many tests passed, by the report of `node:test`: 0 when there is no report. */
export function passed(report: string): number {
  return Number(/^(?:#|ℹ) pass (\d+)$/m.exec(report)?.[1] ?? 0)
}
