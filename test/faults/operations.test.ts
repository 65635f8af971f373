import { expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { createUsersService } from '../../src/index.js'
import { operations } from './operations.js'

test('every operation of the service is in the table, but the one that joins a transaction of the host [B-92]', () => {
  const names = new Set<string>(operations.map(({ name }) => name))
  const ofTheService = Object.keys(createUsersService({ storage: memoryStorage() }))
  expect([...names].toSorted()).toEqual(
    [...ofTheService.filter((name) => name !== 'withTransaction'), 'copyUsers'].toSorted(),
  )
})
