import { describe, expect, test } from 'vitest'
import { project } from './project.js'
import { runtimes } from './runtimes.js'

describe.each(runtimes)('on Node %i, with none of the optional peers,', (runtime) => {
  test('every entry point is imported by an ES module and required by CommonJS, without a warning', async () => {
    const { node } = await project({ runtime, files: 'modules' })
    expect(await node('esm.mjs')).toEqual({ code: 0, stdout: '1 ada@example.com\n', stderr: '' })
    expect(await node('commonjs.cjs')).toEqual({ code: 0, stdout: '1 ada@example.com true\n', stderr: '' })
  })
})
