/** Where the command line writes: data and messages apart, progress on one line of a terminal. */
import { formatError, toPlainError, type Diagnostic } from "../../src/errors.ts";
import type { JobProgress } from "../../src/analysis/result.ts";

/** Output of a command. */
export interface Terminal {
  /** Data. */
  print(text: string): void;
  /** A line for people. */
  note(text: string): void;
  progress(progress: JobProgress): void;
  /** Removes the progress line. */
  clear(): void;
}

/** Output streams of this process. `quiet` leaves out progress. */
export function processTerminal(): Terminal & { quiet: boolean } {
  const { stdout, stderr } = process;
  // `lpr-studio … | head` closes the pipe when it has seen enough: that is no failure.
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  let lastTitle = "";
  let hasLine = false;
  const clear = (): void => {
    if (hasLine) stderr.write("\r\u001b[K");
    hasLine = false;
  };
  const terminal = {
    quiet: false,
    print: (text: string) => {
      stdout.write(text);
    },
    note: (text: string) => {
      clear();
      stderr.write(`${text}\n`);
    },
    progress: ({ stage, fraction }: JobProgress) => {
      if (terminal.quiet) return;
      if (stderr.isTTY) {
        const percent = `${Math.floor(100 * fraction)} %`.padStart(5);
        const line = `${percent}  ${stage}`.slice(0, Math.max(20, stderr.columns - 1));
        stderr.write(`\r\u001b[K${line}`);
        hasLine = true;
        return;
      }
      // A log file gets each stage once.
      const title = stage.split(",")[0] ?? stage;
      if (title !== lastTitle) stderr.write(`${title}\n`);
      lastTitle = title;
    },
    clear,
  };
  return terminal;
}

/** What went wrong, with the lines around it where known. No stack trace. */
export function describeFailure(error: unknown): string {
  const plain = toPlainError(error);
  const excerpt = (plain.location?.excerpt ?? []).map(({ line, text }) => {
    const mark = line === plain.location?.line ? ">" : " ";
    return `${mark} ${String(line).padStart(6)} | ${text.slice(0, 160)}`;
  });
  return [`lpr-studio: ${formatError(plain)}`, ...excerpt].join("\n");
}

/** One line per remark. */
export function describeDiagnostic({ severity, message }: Diagnostic): string {
  return `${severity}: ${message}`;
}
