/** A plain text log in the user's data folder, for "what happened?" after the fact. */
import { appendFileSync, mkdirSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";

const MAX_BYTES = 1_000_000;

/** Where the parts of the host report to. */
export interface Log {
  write(message: string): void;
}

function rotate(path: string): void {
  try {
    if (statSync(path).size > MAX_BYTES) renameSync(path, `${path}.old`);
  } catch {
    // There is no log yet.
  }
}

/** Appends lines to `path`; a log that cannot be written never stops the application. */
export function openLog(path: string): Log {
  mkdirSync(dirname(path), { recursive: true });
  rotate(path);
  return {
    write(message) {
      try {
        appendFileSync(path, `${new Date().toISOString()} ${message}\n`);
      } catch {
        // A full or read-only disk: the message is lost, the session goes on.
      }
    },
  };
}
