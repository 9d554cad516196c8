/** What every benchmark prints: one line of the table for each piece of work. */
import { readFileSync, writeFileSync } from "node:fs";

const MIB = 2 ** 20;
const WIDTHS = [64, 14, 10] as const;

/** One line of the table. */
export interface BenchRow {
  readonly work: string;
  /** As a person reads it, with its unit. */
  readonly time: string;
  /** Largest resident memory of the process while it worked, bytes; null where it says nothing. */
  readonly peakBytes: number | null;
  /** How much was done: operations, rates, draws. */
  readonly operations: string;
}

/** The line of the table as text. */
export function formatRow({ work, time, peakBytes, operations }: BenchRow): string {
  const peak = peakBytes === null ? "" : `${String(Math.round(peakBytes / MIB))} MiB`;
  const [workWidth, timeWidth, peakWidth] = WIDTHS;
  const line = `${work.padEnd(workWidth)}  ${time.padStart(timeWidth)}  ${peak.padStart(peakWidth)}`;
  return `${line}  ${operations}`.trimEnd();
}

/** Prints a line of the table. */
export function printRow(row: BenchRow): void {
  process.stdout.write(`${formatRow(row)}\n`);
}

/** What measuring gave. */
export interface Measurement {
  /** Best of the runs, s: what the code can do; what else the machine did makes it only longer. */
  readonly seconds: number;
  readonly peakBytes: number;
}

/** Forgets the largest memory so far, where the system lets a process do that. */
function forgetPeak(): void {
  try {
    writeFileSync("/proc/self/clear_refs", "5");
  } catch {
    return; // Elsewhere the peak is that of the process since its start.
  }
}

function peakOfThisProcess(): number {
  try {
    const kibibytes = /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    if (kibibytes !== undefined) return 1024 * Number(kibibytes);
  } catch {
    // Not Linux.
  }
  return 1024 * process.resourceUsage().maxRSS;
}

/** Does something a few times. */
export async function measure(action: () => unknown, repeats = 5): Promise<Measurement> {
  forgetPeak();
  let seconds = Infinity;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const start = process.hrtime.bigint();
    await action();
    seconds = Math.min(seconds, Number(process.hrtime.bigint() - start) * 1e-9);
  }
  return { seconds, peakBytes: peakOfThisProcess() };
}

/** Seconds as a person reads them. */
export function formatSeconds(seconds: number): string {
  return seconds < 1 ? `${(1e3 * seconds).toFixed(1)} ms` : `${seconds.toFixed(2)} s`;
}

/** Measures work of a known number of floating-point operations and prints it. */
export async function benchFlops(
  work: string,
  flops: number,
  action: () => unknown,
): Promise<void> {
  const { seconds, peakBytes } = await measure(action);
  printRow({
    work,
    time: formatSeconds(seconds),
    peakBytes,
    operations: `${(flops / 1e9).toFixed(2)} GF, ${(flops / seconds / 1e9).toFixed(1)} GF/s`,
  });
}
