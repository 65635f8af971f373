import { memoryStorage } from '../../../adapters/memory/index.js'
import type { Logger } from '../../ports/logger.js'
import type { PasswordHasher } from '../../ports/password-hasher.js'
import type { UsersStorage } from '../../ports/storage.js'
import { insecureHasher } from '../insecure-hasher.js'

/** A storage and a hasher that record each of their calls in one list. */
export function spiedParts(): { calls: string[]; storage: UsersStorage; passwords: PasswordHasher } {
  const calls: string[] = []
  return { calls, storage: noting(memoryStorage(), calls), passwords: noting(insecureHasher(), calls) }
}

/** A storage that fails in every operation, with this error. */
export function failingStorage(error: Error): UsersStorage {
  return overriding(memoryStorage(), (name) => {
    if (name === 'close') return undefined
    return () => Promise.reject(error)
  })
}

/** A hasher that starts to hash and continues only when it is released. */
export function heldHasher(): { passwords: PasswordHasher; begun: Promise<void>; release(): void } {
  const [begun, begin] = signal()
  const [released, release] = signal()
  const insecure = insecureHasher()
  const hash = async (password: string) => {
    begin()
    await released
    return insecure.hash(password)
  }
  return { passwords: { ...insecure, hash }, begun, release }
}

/** A logger that keeps what it logs. */
export function keptLogger(): Logger & { readonly told: { details: object; message: string }[] } {
  const told: { details: object; message: string }[] = []
  const keep = (details: object, message: string) => {
    told.push({ details, message })
  }
  return { told, warn: keep, error: keep }
}

function signal(): [happened: Promise<void>, happen: () => void] {
  let happen = (): void => undefined
  const happened = new Promise<void>((resolve) => {
    happen = resolve
  })
  return [happened, () => happen()]
}

function noting<T extends object>(target: T, calls: string[]): T {
  return overriding(target, (name) => {
    const method: unknown = Reflect.get(target, name)
    if (typeof method !== 'function') return undefined
    return (...args: unknown[]) => {
      calls.push(String(name))
      return Reflect.apply(method, target, args)
    }
  })
}

function overriding<T extends object>(target: T, override: (name: string | symbol) => unknown): T {
  return new Proxy(target, { get: (_, name) => override(name) ?? Reflect.get(target, name) })
}
