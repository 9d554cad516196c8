import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readNpz } from "../../../src/formats/npz.ts";
import { bundleEngine, type EngineBundles } from "../../support/bundleEngine.ts";
import { extendedXyzText, smallProject, smallStructures } from "../../support/carbonCells.ts";
import { runCli, type CliOutcome } from "../../support/runCli.ts";

let bundles: EngineBundles;
let home: string;
let folder: string;
let count = 0;

beforeAll(async () => {
  bundles = await bundleEngine();
  home = mkdtempSync(join(tmpdir(), "lpr-what-if-cli-"));
});

afterAll(() => {
  bundles.remove();
  rmSync(home, { recursive: true, force: true });
});

beforeEach(() => {
  folder = join(home, `case ${String(++count)}`);
  mkdirSync(join(folder, "project"), { recursive: true });
  for (const [name, structures] of Object.entries(smallStructures())) {
    writeFileSync(join(folder, "project", `${name}.xyz`), extendedXyzText(structures));
  }
});

function cli(...args: string[]): Promise<CliOutcome> {
  return runCli(bundles, folder, args);
}

function writeProject(project: object = {}): void {
  const text = JSON.stringify({ ...smallProject, ...project });
  writeFileSync(join(folder, "project", "small.lpr.json"), text);
}

const whatIf = (...options: string[]): Promise<CliOutcome> =>
  cli("what-if", "project/small.lpr.json", "--out", "out", ...options);

interface Summary {
  readonly base: { readonly variant: string; readonly nTraining: number };
  readonly variant: { readonly base: string; readonly replace?: unknown };
  readonly nTraining: number;
  readonly update: { readonly exact: boolean; readonly errorEstimate: number };
  readonly refit: { readonly largestDifference: number } | null;
  readonly targets: readonly {
    readonly label: string;
    readonly before: { readonly mean: number };
    readonly after: { readonly mean: number };
    readonly enhancement: { readonly mean: number };
    readonly nLost: number;
  }[];
}

function read(): { readonly summary: Summary; readonly lpr: Float64Array } {
  const summary = JSON.parse(readFileSync(join(folder, "out/what-if.json"), "utf8")) as Summary;
  const lpr = readNpz(readFileSync(join(folder, "out/what-if.npz"))).get("lpr");
  expect(lpr?.shape).toEqual([2, 16]);
  return { summary, lpr: Float64Array.from(lpr?.data ?? []) };
}

describe("lpr-studio what-if", () => {
  it("writes what a run of the changed variant writes", async () => {
    const changed = {
      name: "changed",
      base: "baseline",
      replace: { count: 2, seed: 3, with: [{ dataset: "extra", structures: "0:2" }] },
      add: [{ dataset: "extra", structures: "2", repeat: 2 }],
    };
    writeProject({ variants: [...(smallProject.variants ?? []), changed] });
    const options = ["--replace", "extra[0:2]", "--seed", "3", "--add", "extra[2]*2", "--refit"];
    const outcome = await whatIf("--variant", "baseline", ...options);
    expect(outcome).toMatchObject({ code: 0, stdout: "" });
    expect(outcome.stderr).toMatch(/"baseline" with 10 structures → 12 \(rows mean\)/);
    expect(outcome.stderr).toMatch(/low: mean LPR gain [+-]\d+\.\d+ %, \d+ of 8 atoms lost LPR/);
    expect(outcome.stderr).toMatch(/update and refit differ by \d/);
    const { summary, lpr } = read();
    expect(summary).toMatchObject({
      base: { variant: "baseline", nTraining: 10 },
      nTraining: 12,
      variant: { base: "baseline", replace: changed.replace },
    });
    expect(summary.refit?.largestDifference).toBeLessThan(1e-8);
    expect(summary.targets.map(({ label }) => label)).toEqual(["low", "high"]);
    expect(await cli("run", "project/small.lpr.json", "--out", "run", "--no-cache")).toMatchObject({
      code: 0,
    });
    const run = readNpz(readFileSync(join(folder, "run/films.npz"))).get("lpr");
    const wanted = Array.from(run?.data ?? []);
    [...wanted.slice(0, 16), ...wanted.slice(32, 48)].forEach((value, k) => {
      expect(Math.abs((lpr[k] ?? NaN) / value - 1)).toBeLessThan(1e-9);
    });
  });

  it("says which atoms lose when structures leave, for one target", async () => {
    writeProject();
    const outcome = await whatIf("--remove", "train[0:2],train[5]", "--target", "1", "--quiet");
    expect(outcome.code).toBe(0);
    const summary = JSON.parse(readFileSync(join(folder, "out/what-if.json"), "utf8")) as Summary;
    expect(summary.nTraining).toBe(7);
    expect(summary.targets).toHaveLength(1);
    expect(summary.targets[0]).toMatchObject({ label: "high", nLost: 8 });
    expect(summary.targets[0]?.enhancement.mean).toBeLessThan(0);
    expect(summary.refit).toBeNull();
    expect(readdirSync(join(folder, "out")).sort()).toEqual(["what-if.json", "what-if.npz"]);
  });

  it("explains wrong usage and what cannot be asked", async () => {
    writeProject();
    const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
      [[], 2, /nothing is changed/],
      [["--add", "extra[", "--quiet"], 2, /--add has "extra\["/],
      [["--add", "extra", "--seed", "1"], 2, /--seed needs --replace/],
      [["--add", "nothing"], 1, /"nothing" is no dataset of the project/],
      [["--add", "extra[9]"], 1, /9/],
      [["--remove", "extra[0]"], 1, /in the training set 0 times/],
      [["--remove", "train[0:10]"], 1, /training set of variant .* is empty/],
      [["--add", "extra", "--variant", "none"], 1, /none/],
      [["--add", "extra", "--memory-limit", "0.00001"], 1, /the limit is/],
    ];
    for (const [options, code, message] of cases) {
      const outcome = await whatIf(...options);
      expect([outcome.code, outcome.stderr], options.join(" ")).toEqual([
        code,
        expect.stringMatching(message) as string,
      ]);
      expect(existsSync(join(folder, "out"))).toBe(false);
    }
    const help = await cli("what-if", "--help");
    expect(help).toMatchObject({ code: 0, stdout: expect.stringContaining("--replace") as string });
  });
});
