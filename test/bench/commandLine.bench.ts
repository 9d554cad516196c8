/**
 * The command line as a whole process on the carbon-film example: with an empty cache, with the
 * result remembered, and on a film of 63 000 atoms under the same model.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AnalysisResult } from "../../src/analysis/result.ts";
import { writeExtendedXyz } from "../../src/formats/writeExtendedXyz.ts";
import type { ProjectDocument } from "../../src/project/document.ts";
import { bigFilm, EXAMPLE } from "./carbonFilm.ts";
import { printRow } from "./measure.ts";

const COLD_RUNS = 3;
const WARM_RUNS = 5;

const cli = join(process.cwd(), "dist", "main", "cli.cjs");
const project = join(EXAMPLE, "carbon-films.lpr.json");
const folder = mkdtempSync(join(tmpdir(), "lpr-bench-"));

/** Loaded into the child before its program: on its exit it writes down what it has used. */
const ACCOUNTANT = `data:text/javascript,${encodeURIComponent(`
import { writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
if (isMainThread) process.on("exit", () =>
  writeFileSync(process.env.LPR_BENCH_USAGE, JSON.stringify(process.resourceUsage())));
`)}`;

interface Run {
  readonly seconds: number;
  readonly usage: NodeJS.ResourceUsage;
  readonly timings: AnalysisResult["timings"];
}

function run(path: string, cache: string, threads?: number): Promise<Run> {
  const usageFile = join(folder, "usage.json");
  const out = join(folder, "out");
  const args = ["--import", ACCOUNTANT, cli, "run", path, "--out", out, "--quiet"];
  if (threads !== undefined) args.push("--threads", String(threads));
  const env = { ...process.env, LPR_STUDIO_CACHE_DIR: cache, LPR_BENCH_USAGE: usageFile };
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const child = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.on("error", reject);
    child.on("exit", (code) => {
      const seconds = Number(process.hrtime.bigint() - start) * 1e-9;
      if (code !== 0) {
        reject(new Error(`The command line ended with ${String(code)}: ${said}`));
        return;
      }
      const { timings } = JSON.parse(
        readFileSync(join(out, "summary.json"), "utf8"),
      ) as AnalysisResult;
      const usage = JSON.parse(readFileSync(usageFile, "utf8")) as NodeJS.ResourceUsage;
      resolve({ seconds, usage, timings });
    });
  });
}

function freshCache(): string {
  return mkdtempSync(join(folder, "cache-"));
}

async function times<T>(count: number, action: () => Promise<T>): Promise<readonly T[]> {
  const results: T[] = [];
  for (let i = 0; i < count; i++) results.push(await action());
  return results;
}

/** The fastest run, and the range of all: with other work on the machine they differ. */
function print(work: string, runs: readonly Run[], stages: boolean): void {
  const sorted = [...runs].sort((a, b) => a.seconds - b.seconds);
  const [best] = sorted;
  const slowest = sorted.at(-1);
  if (best === undefined || slowest === undefined) return;
  const { userCPUTime, systemCPUTime } = best.usage;
  const processor = `${((userCPUTime + systemCPUTime) / 1e6).toFixed(2)} s of processor`;
  const range =
    runs.length === 1 ? "" : `, ${String(runs.length)} runs up to ${slowest.seconds.toFixed(2)} s`;
  printRow({
    work,
    time: `${best.seconds.toFixed(2)} s`,
    peakBytes: 1024 * Math.max(...runs.map(({ usage }) => usage.maxRSS)),
    operations: `${processor}${range}`,
  });
  if (!stages) return;
  for (const { stage, seconds } of best.timings) {
    printRow({
      work: `  ${stage}`,
      time: `${seconds.toFixed(2)} s`,
      peakBytes: null,
      operations: "",
    });
  }
}

/** The example with the big film for its targets. */
function bigProject(): string {
  const document = JSON.parse(readFileSync(project, "utf8")) as ProjectDocument;
  const datasets = Object.fromEntries(
    Object.entries(document.datasets).map(([name, entry]) => [
      name,
      { ...entry, path: join(EXAMPLE, entry.path) },
    ]),
  );
  const big = join(folder, "big.xyz");
  writeFileSync(big, writeExtendedXyz([bigFilm()]));
  const path = join(folder, "big.lpr.json");
  writeFileSync(
    path,
    JSON.stringify({
      ...document,
      datasets: { ...datasets, big: { path: big } },
      targets: [{ dataset: "big" }],
    }),
  );
  return path;
}

try {
  const cold = await times(COLD_RUNS, () => run(project, freshCache()));
  print("Carbon films, empty cache", cold, true);
  print("Carbon films, empty cache, 1 worker", [await run(project, freshCache(), 1)], false);
  const cache = freshCache();
  await run(project, cache);
  print("Carbon films, remembered", await times(WARM_RUNS, () => run(project, cache)), false);
  print("Film of 63 000 atoms, empty cache", [await run(bigProject(), freshCache())], true);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
