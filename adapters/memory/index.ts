/** @module Users in the memory of one process: for tests, demos and prototypes. */
export { memoryStorage } from './memory-storage.js'
