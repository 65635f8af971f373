/** Two services on one storage: one is closed at every step of the other's sweep, whose end is told: <database>. */
import { setTimeout as pause } from 'node:timers/promises'
import { sqliteStorage } from '../../dist/adapters/sqlite/index.js'
import { createUsersService } from '../../dist/src/index.js'

const ends = []
for (const milliseconds of [0, 1, 5, 20, 50, 100]) {
  const storage = sqliteStorage(process.argv[2], { synchronous: 'normal' })
  const [one, other] = [createUsersService({ storage }), createUsersService({ storage })]
  for (let i = 0; i < 8; i++) await one.createUser({ email: `${milliseconds}.${i}@example.com` })
  const sweeping = other.sweep().then(
    () => 'swept',
    (error) => error.code ?? String(error),
  )
  await pause(milliseconds)
  await one.close()
  ends.push(await sweeping)
  ends.push(await other.sweep().catch((error) => error.code ?? String(error)))
  await other.close()
}
process.send(ends)
process.disconnect()
