import type { UsersService } from '../../src/index.js'

/** What is tried: every operation that answers once. */
type Method = Exclude<keyof UsersService, 'iterateUsers' | 'withTransaction' | 'close' | typeof Symbol.asyncDispose>

/** The operations as the model has them, which does not make anybody wait; and the clock. */
export type Surface = {
  [M in Method]: (...args: Parameters<UsersService[M]>) => Awaited<ReturnType<UsersService[M]>>
} & { advance(minutes: number): void }

/** The operations of the model or of the service. */
export type AnySurface = {
  [M in keyof Surface]: (...args: Parameters<Surface[M]>) => ReturnType<Surface[M]> | Promise<ReturnType<Surface[M]>>
}

/** One operation with its arguments. */
export interface Call {
  readonly name: keyof Surface
  readonly args: readonly unknown[]
}

/** Calls an operation by its name. */
export function called(surface: AnySurface, { name, args }: Call): unknown {
  return Reflect.apply(surface[name], surface, args)
}
