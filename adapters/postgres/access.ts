import type { Connection } from './connection.js'

/** How the storage gets at the database. */
export interface Access {
  read<T>(task: (connection: Connection) => Promise<T>): Promise<T>
  /** Reads what the database may refuse: inside a transaction of the host, that must not end it. */
  tryRead<T>(task: (connection: Connection) => Promise<T>): Promise<T>
  /** Writes everything, or nothing when the task throws. */
  write<T>(task: (connection: Connection) => Promise<T>, patience?: Patience): Promise<T>
}

/**
 * How long a statement may take, where the storage has a limit of its own: as long as any, longer because it may change
 * very many rows, or for as long as it needs because it may build an index.
 */
export type Patience = 'ordinary' | 'long' | 'endless'
