/** What the machine offers to one engine. */
import { availableParallelism, totalmem } from "node:os";

const MAX_THREADS = 16;

/** Worker threads when nobody says otherwise. */
export function defaultThreads(): number {
  return Math.min(MAX_THREADS, availableParallelism());
}

/** Half of the machine's memory. */
export function defaultMemoryLimit(): number {
  return Math.floor(totalmem() / 2);
}
