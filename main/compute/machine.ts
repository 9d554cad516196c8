/** What the machine offers to one engine. */
import { availableParallelism, totalmem } from "node:os";

const MAX_THREADS = 16;
/** Whoever asks for more has made a slip. */
export const MOST_THREADS = 256;

/** Worker threads when nobody says otherwise. */
export function defaultThreads(): number {
  return Math.min(MAX_THREADS, availableParallelism());
}

/** Half of the machine's memory. */
export function defaultMemoryLimit(): number {
  return Math.floor(totalmem() / 2);
}
