/** Projects with all that can be asked for, through the command line and its worker threads. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { describeStructures } from "../../../src/descriptors/soap.ts";
import { readNpy, writeNpy } from "../../../src/formats/npy.ts";
import { readNpz, writeNpz } from "../../../src/formats/npz.ts";
import { createReferenceBackend } from "../../../src/numerics/reference/backend.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import { bundleEngine, type EngineBundles } from "../../support/bundleEngine.ts";
import {
  extendedXyzText,
  smallDescriptor,
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
  home = mkdtempSync(join(tmpdir(), "lpr-models-"));
});

afterAll(() => {
  bundles.remove();
  rmSync(home, { recursive: true, force: true });
});

beforeEach(() => {
  folder = join(home, `case ${String(++count)}`);
  mkdirSync(folder);
  for (const [name, structures] of Object.entries(smallStructures())) {
    const known = structures.map((structure, i) => ({ ...structure, info: { energy: -60 - i } }));
    writeFileSync(join(folder, `${name}.xyz`), extendedXyzText(known));
  }
});

function run(project: ProjectDocument, ...options: string[]): Promise<CliOutcome> {
  writeFileSync(join(folder, "p.lpr.json"), JSON.stringify(project));
  return runCli(bundles, folder, ["run", "p.lpr.json", "--out", "out", ...options]);
}

function arrays(): ReturnType<typeof readNpz> {
  return readNpz(readFileSync(join(folder, "out", "films.npz")));
}

const complete: ProjectDocument = {
  ...smallProject,
  model: { type: "linear", regularizer: { method: "marginal-likelihood" }, structureRows: "mean" },
  test: [{ dataset: "train", structures: "10:12" }],
  uncertainty: {
    committee: { members: 3, seed: 1 },
    calibration: [{ dataset: "train", structures: "10:12" }],
  },
  similarity: [{ name: "diamond", dataset: "extra", structure: 1 }],
  components: [{ name: "first", columns: "0:10" }],
};

/** Features of the small structures in files beside them, in three ways. */
function writeFeatures(): ProjectDocument {
  const backend = createReferenceBackend();
  const datasets: Record<string, ProjectDocument["datasets"][string]> = {};
  for (const [name, structures] of Object.entries(smallStructures())) {
    const { features } = describeStructures(structures, smallDescriptor, backend, "full");
    const { rows, cols, data } = features;
    const path = `${name}.xyz`;
    if (name === "train") {
      writeFileSync(join(folder, "train.npy"), writeNpy(data, [rows, cols]));
      datasets[name] = { path, features: { path: "train.npy" } };
      continue;
    }
    // Rows of the structures interleaved: the index says where each belongs.
    const perStructure = rows / structures.length;
    const order = Array.from({ length: rows }, (_, row) => ({
      structure: row % structures.length,
      atom: Math.floor(row / structures.length),
    }));
    const mixed = Float64Array.from(
      order.flatMap(({ structure, atom }) => {
        const from = (structure * perStructure + atom) * cols;
        return Array.from(data.subarray(from, from + cols));
      }),
    );
    const index = Int32Array.from(order, ({ structure }) => structure);
    writeFileSync(
      join(folder, `${name}.npz`),
      writeNpz({
        x: { data: mixed, shape: [rows, cols] },
        structures: { data: index, shape: [rows] },
      }),
    );
    datasets[name] = { path, features: { path: `${name}.npz`, array: "x" } };
  }
  return { ...complete, datasets, descriptor: { type: "features" }, components: undefined };
}

describe("a project that asks for everything", () => {
  it("writes it into arrays, structures, summary and a chemiscope file", async () => {
    const { code, stderr } = await run(complete, "--chemiscope", "--threads", "2");
    expect(stderr).not.toContain("lpr-studio:");
    expect(code).toBe(0);
    const found = arrays();
    const shapes = Object.fromEntries([...found].map(([name, { shape }]) => [name, shape]));
    expect(shapes).toMatchObject({
      lpr: [2, 16],
      committee_energy: [2, 3, 16],
      committee_variance: [2, 16],
      similarity_diamond: [16],
      lcpr_first: [2, 16],
      structure_rigidity: [2, 2],
      map: [16, 2],
    });
    const summary = JSON.parse(readFileSync(join(folder, "out", "summary.json"), "utf8")) as {
      regularizer: number;
      regularizerSearch: { curve: unknown[] };
      variants: { testErrors: unknown; calibration: { scale: number } }[];
    };
    expect(summary.regularizerSearch.curve.length).toBeGreaterThan(10);
    expect(summary.variants[0]?.testErrors).toMatchObject({ nStructures: 2 });
    const scale = summary.variants[0]?.calibration.scale ?? 0;
    const lpr = found.get("lpr")?.data[5] ?? 0;
    const variance = found.get("sr_variance")?.data[5] ?? 0;
    expect(variance / ((scale * summary.regularizer) / lpr)).toBeCloseTo(1, 12);
    const packed = readFileSync(join(folder, "out", "films.chemiscope.json.gz"));
    const chemiscope = JSON.parse(gunzipSync(packed).toString()) as {
      structures: unknown[];
      properties: Record<string, { values: number[] }>;
      settings: unknown;
    };
    expect(chemiscope.structures).toHaveLength(2);
    expect(chemiscope.properties["lpr_baseline"]?.values[5]).toBe(lpr);
    expect(chemiscope.settings).toMatchObject({ map: { color: { property: "lpr_baseline" } } });
  });

  it("reads features of another program in any order of rows", async () => {
    expect((await run({ ...complete, components: undefined })).code).toBe(0);
    const own = arrays().get("lpr")?.data ?? [];
    const { code, stderr } = await run(writeFeatures());
    expect(stderr).not.toContain("lpr-studio:");
    expect(code).toBe(0);
    const imported = arrays().get("lpr")?.data ?? [];
    const worst = Math.max(
      ...Array.from(own, (value, k) => Math.abs((imported[k] ?? 0) / value - 1)),
    );
    expect(worst).toBeLessThan(1e-8);
  });

  it("says what is wrong with imported features", async () => {
    const project = writeFeatures();
    const { shape, data } = readNpy(readFileSync(join(folder, "train.npy")));
    const [rows = 0, cols = 0] = shape;
    const values = Float64Array.from(data);
    writeFileSync(join(folder, "train.npy"), writeNpy(values.subarray(cols), [rows - 1, cols]));
    const short = await run(project);
    expect(short.code).toBe(1);
    expect(short.stderr).toContain("found 95 rows, expected 96, one for each atom");
    values[7] = Number.NaN;
    writeFileSync(join(folder, "train.npy"), writeNpy(values, [rows, cols]));
    expect((await run(project)).stderr).toContain("train.npy");
    const wrongIndex = Int32Array.from({ length: rows }, () => 0);
    writeFileSync(
      join(folder, "train.npz"),
      writeNpz({
        features: { data: values.fill(1), shape: [rows, cols] },
        structures: { data: wrongIndex, shape: [rows] },
      }),
    );
    const { datasets } = project;
    const train = { path: "train.xyz", features: { path: "train.npz" } };
    const gaps = await run({ ...project, datasets: { ...datasets, train } });
    expect(gaps.stderr).toContain("found 96 rows of structure 0, expected 8, one for each of its");
    const missing = { path: "train.xyz", features: { path: "train.npz", array: "x" } };
    const unnamed = await run({ ...project, datasets: { ...datasets, train: missing } });
    expect(unnamed.stderr).toContain('found the arrays "features", "structures", expected one');
  });

  it("gives the same bits for any number of threads, networks included", async () => {
    const network: ProjectDocument = {
      ...complete,
      components: undefined,
      model: { type: "network", hidden: [3], regularizer: 0.1, maxIterations: 50 },
    };
    expect((await run(network, "--threads", "1", "--no-cache")).code).toBe(0);
    const one = readFileSync(join(folder, "out", "films.npz"));
    expect((await run(network, "--threads", "3", "--no-cache")).code).toBe(0);
    expect(readFileSync(join(folder, "out", "films.npz")).equals(one)).toBe(true);
  });
});
