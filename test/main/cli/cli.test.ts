import { spawn } from "node:child_process";
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
import { readExtendedXyz } from "../../../src/formats/extendedXyz.ts";
import { readNpy, writeNpy } from "../../../src/formats/npy.ts";
import { readNpz } from "../../../src/formats/npz.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import { bundleEngine, type EngineBundles } from "../../support/bundleEngine.ts";
import {
  diamondCells,
  extendedXyzText,
  smallProject,
  smallStructures,
} from "../../support/carbonCells.ts";
import { runCli, type CliOutcome } from "../../support/runCli.ts";

let bundles: EngineBundles;
let home: string;
let folder: string;
let count = 0;

beforeAll(async () => {
  bundles = await bundleEngine();
  home = mkdtempSync(join(tmpdir(), "lpr-cli-"));
});

afterAll(() => {
  bundles.remove();
  rmSync(home, { recursive: true, force: true });
});

beforeEach(() => {
  folder = join(home, `case ${String(++count)}`);
  mkdirSync(folder);
  for (const [name, structures] of Object.entries(smallStructures())) {
    writeFileSync(join(folder, `${name}.xyz`), extendedXyzText(structures));
  }
  writeProject(smallProject);
});

function writeProject(document: unknown): void {
  writeFileSync(join(folder, "small.lpr.json"), JSON.stringify(document));
}

/** Runs the command line in the case's folder. */
function cli(...args: string[]): Promise<CliOutcome> {
  return runCli(bundles, folder, args);
}

function run(...options: string[]): Promise<CliOutcome> {
  return cli("run", "small.lpr.json", "--out", "out", ...options);
}

function summary(): Record<string, unknown> {
  return JSON.parse(readFileSync(join(folder, "out", "summary.json"), "utf8")) as Record<
    string,
    unknown
  >;
}

describe("lpr-studio run", () => {
  it("writes summary, structures and arrays that agree", async () => {
    const { code, stdout, stderr } = await run();
    expect(stderr).toContain("The native backend is not used");
    expect([code, stdout]).toEqual([0, ""]);
    expect(readdirSync(join(folder, "out")).sort()).toEqual([
      "films.npz",
      "films.xyz",
      "summary.json",
    ]);
    const arrays = readNpz(readFileSync(join(folder, "out", "films.npz")));
    expect(arrays.get("lpr")?.shape).toEqual([2, 16]);
    expect(arrays.get("lpr")?.descriptor).toBe("<f8");
    const structures = readExtendedXyz(readFileSync(join(folder, "out", "films.xyz")));
    expect(structures).toHaveLength(2);
    expect(Object.keys(structures[0]?.columns ?? {})).toEqual([
      "lpr_baseline",
      "sr_variance_baseline",
      "local_energy_baseline",
      "lpr_more_diamond",
      "enhancement_more_diamond",
      "sr_variance_more_diamond",
      "local_energy_more_diamond",
      "coordination",
      "map",
    ]);
    const column = structures[1]?.columns["lpr_more_diamond"];
    expect(Array.from((column?.values ?? []) as Float64Array)).toEqual(
      Array.from(arrays.get("lpr")?.data.slice(24, 32) ?? []),
    );
    expect(summary()).toMatchObject({
      backend: expect.stringContaining("reference") as string,
      structureRows: "mean",
      variants: [{ name: "baseline", nStructures: 10 }, { name: "more diamond" }],
      targets: [
        {
          dataset: "films",
          variants: [{ lpr: { n: 16 }, enhancement: null }, { variant: "more diamond" }],
          structures: [{ label: "low" }, { label: "high" }],
        },
      ],
      diagnostics: [{ code: "REFERENCE_BACKEND" }],
    });
  });

  it("gives the same bytes from the cache and for any number of threads", async () => {
    await run("--threads", "2");
    const read = (name: string): Buffer => readFileSync(join(folder, "out", name));
    const first = [read("films.npz"), read("films.xyz")];
    for (const options of [
      [],
      ["--no-cache", "--threads", "1"],
      ["--no-cache", "--threads", "3"],
    ]) {
      expect((await run(...options)).code).toBe(0);
      expect([read("films.npz"), read("films.xyz")]).toEqual(first);
    }
    await run();
    expect(summary()["timings"]).toMatchObject([{ stage: "Remembered result", cached: true }]);
  });

  it("computes anew, and says so, when the remembered result is damaged", async () => {
    await run();
    const cache = join(folder, "cache");
    const [entry] = readdirSync(cache);
    if (entry === undefined) throw new Error("nothing was remembered");
    const bytes = readFileSync(join(cache, entry));
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
    writeFileSync(join(cache, entry), bytes);
    const { code, stderr } = await run();
    expect(code).toBe(0);
    expect(stderr).toContain("does not match its checksum");
    expect(summary()["timings"]).not.toMatchObject([{ cached: true }]);
  });

  it.each<[string, Partial<ProjectDocument> | ((p: typeof smallProject) => unknown), string]>([
    [
      "a negative regularizer",
      (p) => ({ ...p, model: { ...p.model, regularizer: -1 } }),
      "model.regularizer: found -1",
    ],
    ["an unknown key", (p) => ({ ...p, modle: {} }), 'Did you mean "model"?'],
    [
      "a selector out of range",
      (p) => ({ ...p, targets: [{ dataset: "films", structures: [5] }] }),
      "structures[0] is 5",
    ],
    [
      "a missing file",
      (p) => ({ ...p, datasets: { ...p.datasets, films: { path: "nowhere.xyz" } } }),
      "nowhere.xyz: The file cannot be read",
    ],
    ["missing targets", (p) => ({ ...p, targets: undefined }), "targets: missing"],
  ])("refuses %s with exit code 1 and overwrites nothing", async (_what, change, says) => {
    mkdirSync(join(folder, "out"));
    writeFileSync(join(folder, "out", "summary.json"), "mine");
    writeProject(typeof change === "function" ? change(smallProject) : change);
    const { code, stdout, stderr } = await run();
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(readdirSync(join(folder, "out"))).toEqual(["summary.json"]);
    expect(readFileSync(join(folder, "out", "summary.json"), "utf8")).toBe("mine");
  });

  it.each<[string, string | Uint8Array, string]>([
    ["empty", "", "films.xyz"],
    ["binary", Uint8Array.from({ length: 100 }, (_, i) => (i * 37) % 256), "films.xyz"],
    ["cut off", extendedXyzText(smallStructures().films).slice(0, 300), "films.xyz"],
    ["with NaN", extendedXyzText(smallStructures().films).replace(/C \S+/, "C nan"), "films.xyz:3"],
    [
      "of no volume",
      extendedXyzText(smallStructures().films).replace(
        /Lattice="[^"]*"/,
        'Lattice="1 0 0 0 1 0 1 1 0"',
      ),
      "films",
    ],
    [
      "of an unknown species",
      extendedXyzText(smallStructures().films).replace(/\nC /, "\nQq "),
      "films.xyz:3",
    ],
  ])("refuses a structure file that is %s, naming it", async (_what, bytes, says) => {
    writeFileSync(join(folder, "films.xyz"), bytes);
    const { code, stderr } = await run();
    expect(code).toBe(1);
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(existsSync(join(folder, "out"))).toBe(false);
  });

  it("refuses what does not fit into memory before computing", async () => {
    const { code, stderr } = await run("--memory-limit", "0.00001");
    expect(code).toBe(1);
    expect(stderr).toContain("needs about");
  });

  it.each([
    [["run"], "PROJECT is missing"],
    [["run", "small.lpr.json"], "--out is missing"],
    [["run", "small.lpr.json", "--out"], "--out needs a value"],
    [["run", "small.lpr.json", "--out", "o", "--thread", "2"], "did you mean --threads?"],
    [
      ["run", "small.lpr.json", "--out", "o", "--threads", "0"],
      '--threads is "0", expected an integer ≥ 1',
    ],
    [["run", "small.lpr.json", "--out", "o", "--backend", "gpu"], '--backend is "gpu"'],
    [["run", "a", "b", "--out", "o"], 'unexpected argument "b"'],
    [["rum"], "did you mean run?"],
    [[], "no command was given"],
    [["lpr", "--train", "x.npy"], "--structures is missing"],
  ])("ends with exit code 2 for %j", async (args, says) => {
    const { code, stdout, stderr } = await cli(...args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(says);
  });

  it("fails when the native backend is forced and missing", async () => {
    const { code, stderr } = await run("--backend", "native");
    expect(code).toBe(1);
    expect(stderr).toContain("no native addon");
  });

  it("ends with exit code 130 when interrupted, and writes nothing", async () => {
    writeFileSync(join(folder, "train.xyz"), extendedXyzText(diamondCells(400, 1000)));
    const args = [
      bundles.cli,
      "run",
      "small.lpr.json",
      "--out",
      "out",
      "--backend",
      "reference",
      "--no-cache",
    ];
    const child = spawn(process.execPath, args, {
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
      if (!child.killed && stderr.includes("Power spectra")) child.kill("SIGINT");
    });
    const code = await new Promise((resolve) => child.on("exit", resolve));
    expect(code).toBe(130);
    expect(stderr).toContain("interrupted; nothing was written");
    expect(existsSync(join(folder, "out"))).toBe(false);
  });

  it("refuses an output folder that is a file", async () => {
    writeFileSync(join(folder, "out"), "mine");
    expect((await run()).code).toBe(1);
    expect(readFileSync(join(folder, "out"), "utf8")).toBe("mine");
  });
});

describe("the other commands", () => {
  it("print help and version on the output stream", async () => {
    const version = (JSON.parse(readFileSync("package.json", "utf8")) as { version: string })
      .version;
    expect(await cli("--version")).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: "" });
    for (const args of [
      ["--help"],
      ["run", "--help"],
      ["soap", "--help"],
      ["lpr", "--help"],
      ["validate", "--help"],
      ["convert", "--help"],
      ["crystals", "--help"],
      ["toy", "--help"],
    ]) {
      const { code, stdout, stderr } = await cli(...args);
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).toContain("lpr-studio");
    }
  });

  it("validate a project, or say what is wrong with each file", async () => {
    const good = await cli("validate", "small.lpr.json");
    expect(good).toMatchObject({
      code: 0,
      stdout: "small.lpr.json: valid (3 datasets, 2 variants, 1 targets)\n",
    });
    writeFileSync(join(folder, "train.xyz"), "3\n\nC 0 0 0\n");
    writeFileSync(join(folder, "films.xyz"), "x\n");
    const bad = await cli("validate", "small.lpr.json");
    expect(bad.code).toBe(1);
    expect(bad.stderr).toContain("train.xyz:");
    expect(bad.stderr).toContain("films.xyz:1");
  });

  it("warn of figures that name what is gone, with place and remedy", async () => {
    const frame = { x: 0, y: 0, width: 30, height: 30 };
    const common = { kind: "structure", frame, coloring: "lpr" };
    const figure = {
      name: "Gains",
      page: { width: 85, height: 40 },
      colorings: { lpr: { property: "lpr" }, force: { property: "column:forces:0" } },
      elements: [
        { ...common, id: "a", target: { dataset: "films", structure: 99 } },
        { ...common, id: "b", target: { dataset: "films" }, variant: "gone" },
        {
          kind: "scatter",
          id: "c",
          frame,
          x: { property: "committee" },
          y: { property: "= lpr / lrp" },
        },
      ],
    };
    writeFileSync(
      join(folder, "small.lpr.json"),
      JSON.stringify({ ...smallProject, figures: [figure] }, null, 2),
    );
    const { code, stdout, stderr } = await cli("validate", "small.lpr.json");
    expect([code, stdout]).toEqual([
      0,
      "small.lpr.json: valid (3 datasets, 2 variants, 1 targets)\n",
    ]);
    const lines = stderr.trim().split("\n");
    expect(lines).toHaveLength(5);
    expect(lines[2]).toContain(
      "figures[0].colorings.force.property: Figure “Gains”: there is no quantity “column:forces:0”",
    );
    expect(lines[3]).toContain(
      "figures[0].elements[2].x.property: Figure “Gains”: “committee” needs",
    );
    expect(lines[4]).toContain("“= lpr / lrp”, character 7: There is no quantity “lrp” here");
    expect(lines[0]).toMatch(
      /^warning: small\.lpr\.json:\d+: figures\[0\]\.elements\[0\]\.target\.structure: Figure “Gains”: structure 99 of “films” is not among the targets\. Choose another target/,
    );
    expect(lines[1]).toContain("figures[0].elements[1].variant: Figure “Gains”: variant “gone”");
    const text = readFileSync(join(folder, "small.lpr.json"), "utf8").split("\n");
    const line = Number(/json:(\d+):/.exec(lines[1] ?? "")?.[1]);
    expect(text[line - 1]).toContain('"variant": "gone"');
    const elements = [{ ...figure.elements[0], coloring: "gone" }];
    writeProject({ ...smallProject, figures: [{ ...figure, elements }] });
    const refused = await cli("validate", "small.lpr.json");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('figures[0].elements[0].coloring: found "gone"');
  });

  it("write unit-length power spectra in the full layout", async () => {
    const hypers = JSON.stringify(smallProject.descriptor);
    const inline = await cli("soap", "films.xyz", "--hypers", hypers, "--out", "x.npy");
    expect([inline.code, inline.stdout]).toEqual([0, ""]);
    const { shape, data } = readNpy(readFileSync(join(folder, "x.npy")));
    expect(shape).toEqual([16, 4 * 4 * 4]);
    for (let i = 0; i < 16; i++) {
      const norm = Math.hypot(...data.subarray(64 * i, 64 * (i + 1)));
      expect(norm).toBeCloseTo(1, 12);
    }
    writeFileSync(join(folder, "h.json"), hypers);
    await cli("soap", "films.xyz", "--hypers", "h.json", "--out", "y.npy", "--threads", "1");
    expect(readFileSync(join(folder, "y.npy"))).toEqual(readFileSync(join(folder, "x.npy")));
    const wrong = await cli("soap", "films.xyz", "--hypers", '{"type":"soap"}', "--out", "z.npy");
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain("basis: found nothing");
  });

  it("give the LPR of anybody's features: 1/(φᵀ(gᵀg + μ)⁻¹φ) in one dimension", async () => {
    writeFileSync(join(folder, "x.npy"), writeNpy(Float64Array.of(1, 2, 5), [3, 1]));
    writeFileSync(join(folder, "i.npy"), writeNpy(Int32Array.of(7, 3, 7), [3]));
    writeFileSync(join(folder, "t.npy"), writeNpy(Float64Array.of(1, 2), [2, 1]));
    const files = "--train x.npy --structures i.npy --targets t.npy --out l.npy".split(" ");
    const expected = { sum: 36 + 4, sqrt: 18 + 4, mean: 9 + 4 };
    for (const [rows, h] of Object.entries(expected)) {
      const { code, stdout, stderr } = await cli(
        "lpr",
        ...files,
        ...["--regularizer", "0.5", "--rows", rows],
      );
      expect([code, stdout]).toEqual([0, ""]);
      expect(stderr).toContain("i.npy: 6 structure indices below the largest have no row");
      const { data } = readNpy(readFileSync(join(folder, "l.npy")));
      expect(data[0]).toBeCloseTo(h + 0.5, 10);
      expect(data[1]).toBeCloseTo((h + 0.5) / 4, 10);
    }
    writeFileSync(join(folder, "i.npy"), writeNpy(Int32Array.of(7, 3), [2]));
    const wrong = await cli("lpr", ...files, "--regularizer", "0.5");
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain("i.npy: found shape (2), expected one index for each of 3 rows");
    expect((await cli("lpr", ...files, "--regularizer", "-1")).code).toBe(2);
  });
});
