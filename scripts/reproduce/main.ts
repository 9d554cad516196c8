/** Runs the studies through the command line, judges the claims, writes the report. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { format, resolveConfig } from "prettier";
import { realStudies, REAL_STUDY_NAMES } from "./realStudies.ts";
import { assembleReport, readSections, section, type RunRecord } from "./report.ts";
import type { RunSummary } from "./runResults.ts";
import { STUDIES } from "./studies.ts";
import type { Study } from "./study.ts";

const USAGE = `Usage: npm run reproduce [-- options]

Runs the paper's case studies and writes docs/reproduction.md. Sections of studies that are not run
are kept.

  --only NAME       one study; may be given several times
  --real FOLDER     also the studies on density-functional data found in FOLDER
  --out FOLDER      for the results (default out/reproduction)
  --report FILE     the report (default docs/reproduction.md)
  --threads N       worker threads of each run
  --help
`;

/** Where things are. */
export interface Places {
  /** The repository. */
  readonly root: string;
  /** The bundled command line. */
  readonly cli: string;
}

interface Settings {
  readonly only: readonly string[];
  readonly real: string | null;
  readonly out: string;
  readonly report: string;
  readonly threads: readonly string[];
}

function readSettings(args: readonly string[], { root }: Places): Settings | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string", multiple: true },
      real: { type: "string" },
      out: { type: "string" },
      report: { type: "string" },
      threads: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help === true) return null;
  return {
    only: values.only ?? [],
    real: values.real === undefined ? null : resolve(values.real),
    out: resolve(values.out ?? join(root, "out", "reproduction")),
    report: resolve(values.report ?? join(root, "docs", "reproduction.md")),
    threads: values.threads === undefined ? [] : ["--threads", values.threads],
  };
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Only projects have variants; the toy model's summary is another. */
function readSummary(path: string): RunSummary | null {
  if (!existsSync(path)) return null;
  const summary = JSON.parse(readFileSync(path, "utf8")) as object;
  return "variants" in summary ? (summary as RunSummary) : null;
}

function runStudy(study: Study, settings: Settings, { root, cli }: Places): readonly RunRecord[] {
  return Object.entries(study.runs).map(([name, commandFor]) => {
    const folder = join(settings.out, study.name, name);
    mkdirSync(folder, { recursive: true });
    // Results of an earlier run must not be taken for those of one that failed.
    rmSync(join(folder, "summary.json"), { force: true });
    say(`${study.name}: ${name}`);
    const start = performance.now();
    const { status } = spawnSync(
      process.execPath,
      [cli, ...commandFor(folder), ...settings.threads],
      {
        cwd: root,
        stdio: ["ignore", 2, 2],
      },
    );
    const seconds = (performance.now() - start) / 1000;
    if (status !== 0)
      throw new Error(`${study.name}: lpr-studio ended with code ${String(status)}`);
    const command = commandFor(folder).join(" ").replace(` --out ${folder}`, "");
    return { name, command, seconds, summary: readSummary(join(folder, "summary.json")) };
  });
}

function circumstances(runs: readonly RunRecord[]): string {
  const summary = runs.find((run) => run.summary !== null)?.summary ?? null;
  const program =
    summary === null
      ? ""
      : `LPR Studio ${summary.program.version}, ${summary.backend}, ${summary.threads} threads; `;
  const date = new Date().toISOString().slice(0, 10);
  return `_${program}Node ${process.versions.node}, ${cpus()[0]?.model.trim() ?? "unknown processor"}, ${date}._`;
}

function makeSection(study: Study, settings: Settings, places: Places): string {
  const runs = runStudy(study, settings, places);
  const folders = Object.fromEntries(
    Object.keys(study.runs).map((name) => [name, join(settings.out, study.name, name)]),
  );
  const claims = study.evaluate(folders);
  for (const claim of claims) say(`  ${claim.verdict}: ${claim.paper}\n    ${claim.ours}`);
  return section({ ...study, claims, runs, circumstances: circumstances(runs) });
}

function chooseStudies(settings: Settings): readonly Study[] {
  const real =
    settings.real === null ? [] : realStudies(settings.real, settings.out, settings.only);
  const all = [...STUDIES, ...real];
  const names = [...STUDIES.map(({ name }) => name), ...REAL_STUDY_NAMES];
  const unknown = settings.only.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new Error(`no study ${unknown.join(", ")}; there are ${names.join(", ")}`);
  }
  return settings.only.length === 0
    ? all
    : all.filter((study) => settings.only.includes(study.name));
}

/** @returns the exit code */
export async function reproduce(args: readonly string[], places: Places): Promise<number> {
  const settings = readSettings(args, places);
  if (settings === null) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (!isAbsolute(places.root)) throw new Error("the repository's path must be absolute");
  const fresh = new Map<string, string>();
  let failures = 0;
  for (const study of chooseStudies(settings)) {
    try {
      fresh.set(study.name, makeSection(study, settings, places));
    } catch (error) {
      failures += 1;
      say(error instanceof Error ? error.message : String(error));
    }
  }
  const earlier = existsSync(settings.report) ? readFileSync(settings.report, "utf8") : "";
  const order = [...STUDIES.map((study) => study.name), ...REAL_STUDY_NAMES];
  const text = assembleReport(order, fresh, readSections(earlier));
  const style = await resolveConfig(settings.report);
  writeFileSync(settings.report, await format(text, { ...style, parser: "markdown" }));
  say(`${fresh.size} studies → ${settings.report}`);
  return failures === 0 ? 0 : 1;
}
