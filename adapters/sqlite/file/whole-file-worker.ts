/** A thread for one piece of work on a whole file. What goes wrong is the error that it ends with. */
import { workerData } from 'node:worker_threads'
import { doNow, type FileTask } from './whole-file.js'

// Sent by `whole-file.ts`.
doNow(workerData as FileTask)
