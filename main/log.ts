/** A plain text log in the user's data folder, for "what happened?" after the fact. */
import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** A log that has grown to this is put aside; so is the one before, and older ones go. */
const MAX_BYTES = 1_000_000;
const KEPT = 3;

/** Where the parts of the host report to. */
export interface Log {
  /** Of the file. */
  readonly path: string;
  write(message: string): void;
  /** The last lines written, oldest first, also those of earlier sessions. */
  tail(lines: number): readonly string[];
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0; // There is no log yet.
  }
}

/** `main.log` becomes `main.log.1`, that `main.log.2`, and so on. */
function putAside(path: string): void {
  for (let number = KEPT - 1; number >= 0; number--) {
    const from = number === 0 ? path : `${path}.${number}`;
    if (sizeOf(from) > 0) renameSync(from, `${path}.${number + 1}`);
  }
}

function readLines(path: string): readonly string[] {
  try {
    return readFileSync(path, "utf8")
      .split("\n")
      .filter((line) => line !== "");
  } catch {
    return [];
  }
}

/** Appends lines to `path`; a log that cannot be written never stops the application. */
export function openLog(path: string, maxBytes = MAX_BYTES): Log {
  mkdirSync(dirname(path), { recursive: true });
  let size = sizeOf(path);
  return {
    path,
    write(message) {
      const line = `${new Date().toISOString()} ${message}\n`;
      try {
        if (size > 0 && size + line.length > maxBytes) {
          putAside(path);
          size = 0;
        }
        appendFileSync(path, line);
        size += Buffer.byteLength(line);
      } catch {
        // A full or read-only disk: the message is lost, the session goes on.
      }
    },
    tail(lines) {
      const now = readLines(path);
      const before = now.length < lines ? readLines(`${path}.1`) : [];
      return [...before, ...now].slice(-lines);
    },
  };
}
