/** What the scripts that measure share: bundling a benchmark, and facts about the machine. */
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { dist } from "./paths.mjs";

/** Other work beyond this share of the cores makes figures worse than they are. */
const HIGH_LOAD = 0.25;

/** The machine and how busy it is: two lines for people. */
export function describeMachine() {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  const cores = availableParallelism();
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GiB`;
  const load = loadavg()[0] ?? 0;
  const date = new Date().toISOString().slice(0, 16).replace("T", " ");
  const isBusy = load > HIGH_LOAD * cores;
  const remark = isBusy ? " — busy with other work: figures are worse than they could be" : "";
  return [
    `${model}, ${cores} cores, ${memory}, Node ${process.versions.node}, ${process.platform}`,
    `${date} UTC, load ${load.toFixed(2)} of ${cores}${remark}`,
  ].join("\n");
}

/** Bundles a benchmark so that this Node runs it; returns the path of the bundle. */
export async function bundleBenchmark(path) {
  const outfile = join(dist, "bench", basename(path).replace(/\.ts$/, ".mjs"));
  await build({
    entryPoints: [path],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.10",
    packages: "external",
    logLevel: "warning",
  });
  return outfile;
}
