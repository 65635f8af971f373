/** Changes everything in a value that can be changed, as a careless caller may: nothing stored may change with it. */
export function spoil(value: unknown): void {
  if (value instanceof Date) value.setTime(0)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      spoil(inner)
      Reflect.set(value, key, 'spoiled')
    }
    Reflect.set(value, 'spoiled', true)
  }
}
