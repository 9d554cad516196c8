/** Refusing work that does not fit, before anything is allocated. */
import { StudioError } from "../errors.ts";

/** Where no other limit is given, bytes. */
export const DEFAULT_MEMORY_LIMIT = 2 ** 30;

/** What is to be held in memory, and how much it may be. */
export interface MemoryNeed {
  readonly bytes: number;
  readonly limit: number;
  /** Plural, with what it is for: `what-if: 12 structures and 300 atoms`. */
  readonly subject: string;
  readonly remedy: string;
}

/** @throws StudioError `OUT_OF_MEMORY` when it is more than the limit */
export function requireWithinLimit({ bytes, limit, subject, remedy }: MemoryNeed): void {
  if (bytes <= limit) return;
  throw new StudioError(
    "OUT_OF_MEMORY",
    `${subject} take ${mebibytes(bytes)} MiB, the limit is ${mebibytes(limit)} MiB`,
    { remedy },
  );
}

function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0);
}
