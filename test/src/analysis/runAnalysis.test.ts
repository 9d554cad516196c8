import { describe, expect, it } from "vitest";
import { resultKeyText } from "../../../src/analysis/resultKey.ts";
import { inlineTaskRunner } from "../../../src/analysis/tasks/runner.ts";
import { runAnalysis } from "../../../src/analysis/runAnalysis.ts";
import { createStageCache } from "../../../src/analysis/stages/stageCache.ts";
import type { LoadedDataset } from "../../../src/analysis/requirements.ts";
import type { AnalysisOptions } from "../../../src/analysis/stages/job.ts";
import type { AnalysisResult, JobProgress } from "../../../src/analysis/result.ts";
import { describeStructures } from "../../../src/descriptors/soap.ts";
import { selectActiveSet } from "../../../src/models/activeSet.ts";
import { gatherRows } from "../../../src/models/farthestPoints.ts";
import { denseMatrix } from "../../../src/numerics/matrix.ts";
import { createReferenceBackend } from "../../../src/numerics/reference/backend.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import { spectralRouteRigidity, spectralSpace } from "../../../src/rigidity/spectralRoute.ts";
import type { Structure } from "../../../src/structures/structure.ts";
import {
  diamondCell,
  smallDescriptor,
  smallModel,
  smallProject,
  smallStructures,
} from "../../support/carbonCells.ts";

const backend = createReferenceBackend();

function loaded(structures: Record<string, Structure[]> = smallStructures()) {
  return Object.fromEntries(
    Object.entries(structures).map(([name, list]): [string, LoadedDataset] => [
      name,
      { structures: list, hash: `sha256:${name}`, fileName: `${name}.xyz` },
    ]),
  );
}

const options: AnalysisOptions = { backend, threads: 1, memoryLimitBytes: 2 ** 30, key: "k" };

function analyse(
  document: ProjectDocument = smallProject,
  overrides: Partial<AnalysisOptions> = {},
  datasets = loaded(),
): Promise<AnalysisResult> {
  return runAnalysis(document, datasets, inlineTaskRunner(backend), { ...options, ...overrides });
}

/** Everything but the wall times. */
function numbers(result: AnalysisResult): unknown {
  return { ...result, timings: [] };
}

describe("the analysis", () => {
  it("gives the LPR of a direct calculation by the other stable route", async () => {
    const result = await analyse();
    const { train, extra, films } = smallStructures();
    const all = [...train, ...extra, ...films];
    const { features } = describeStructures(all, smallDescriptor, backend, "full");
    const carbon = (n: number): Uint8Array => new Uint8Array(n).fill(6);
    const candidates = denseMatrix(96, features.cols, features.data.slice(0, 96 * features.cols));
    const { indices } = await selectActiveSet(
      candidates,
      carbon(96),
      { zeta: 2, size: 30, seed: 1 },
      backend,
    );
    const active = gatherRows(candidates, indices);
    const kernel = (x: typeof features) => {
      const out = denseMatrix(x.rows, 30);
      backend.polynomialKernel(x, carbon(x.rows), active, carbon(30), 2, out);
      return out;
    };
    const environments = kernel(features);
    const rows = denseMatrix(10, 30);
    for (let a = 0; a < 10; a++) {
      for (let i = 0; i < 8; i++) {
        for (let j = 0; j < 30; j++) {
          rows.data[a * 30 + j]! += environments.data[(a * 8 + i) * 30 + j]! / 8;
        }
      }
    }
    const targets = denseMatrix(16, 30, environments.data.slice(15 * 8 * 30));
    const space = spectralSpace(kernel(active), 1e-15, backend);
    const expected = spectralRouteRigidity(space, rows, targets, 1e-3, backend);
    const lpr = result.targets[0]?.lpr ?? new Float64Array(0);
    expect(lpr).toHaveLength(32);
    expected.forEach((value, k) => {
      expect(Math.abs((lpr[k] ?? 0) / value - 1)).toBeLessThan(1e-6);
    });
  });

  it("describes variants, targets, map, energies and health", async () => {
    const result = await analyse();
    expect(
      result.variants.map(({ name, nStructures, nEnvironments }) => [
        name,
        nStructures,
        nEnvironments,
      ]),
    ).toEqual([
      ["baseline", 10, 80],
      ["more diamond", 11, 88],
    ]);
    for (const variant of result.variants) {
      expect(variant.rigidity).toMatchObject({ activeSetSize: 30, jitter: 0 });
      expect(variant.rigidity.errorEstimate).toBeLessThan(1e-3);
      expect(variant.trainErrors?.nStructures).toBe(variant.nStructures);
    }
    const [target] = result.targets;
    expect(target).toMatchObject({ dataset: "films", labels: ["low", "high"] });
    expect(Array.from(target?.offsets ?? [])).toEqual([0, 8, 16]);
    expect(Array.from(target?.coordination ?? [])).toHaveLength(16);
    expect(target?.map).toHaveLength(32);
    expect(target?.localEnergy).toHaveLength(32);
    expect(result.map).toMatchObject({ components: 2, method: "exact" });
    for (const values of [target?.lpr, target?.map, target?.localEnergy]) {
      expect(values?.every(Number.isFinite)).toBe(true);
    }
    expect(result.fileHashes).toEqual({
      train: "sha256:train",
      extra: "sha256:extra",
      films: "sha256:films",
    });
  });

  it("needs no energies", async () => {
    const structures = smallStructures();
    const bare = structures.train.map((structure) => ({ ...structure, info: {} }));
    const result = await analyse(smallProject, {}, loaded({ ...structures, train: bare }));
    const full = await analyse();
    expect(result.targets[0]?.localEnergy).toBeNull();
    expect(result.variants[0]?.trainErrors).toBeNull();
    const worst = Math.max(
      ...Array.from(result.targets[0]?.lpr ?? [], (v, k) =>
        Math.abs(v / (full.targets[0]?.lpr[k] ?? 0) - 1),
      ),
    );
    expect(worst).toBeLessThan(1e-9);
    expect(result.variants[1]?.diagnostics.map(({ code }) => code)).toContain("ENERGIES_MISSING");
  });

  it("reproduces a selected active set given explicitly", async () => {
    const explicit: ProjectDocument = {
      ...smallProject,
      model: {
        ...smallModel,
        activeSet: { method: "explicit", from: ["train"], indices: [0, 9, 20, 33, 47, 95] },
      },
    };
    const result = await analyse(explicit);
    expect(result.variants[0]?.rigidity.activeSetSize).toBe(6);
    expect(result.targets[0]?.lpr.every((value) => value > 0)).toBe(true);
  });

  it("gives the same bits with a stage cache, and computes less", async () => {
    const cache = createStageCache(2 ** 28);
    const first = await analyse(smallProject, { cache });
    const again = await analyse(smallProject, { cache });
    expect(numbers(again)).toEqual(numbers(first));
    expect(numbers(await analyse())).toEqual(numbers(first));
    expect(again.timings.filter(({ cached }) => cached)).toHaveLength(3);
    const other = { ...smallProject, model: { ...smallModel, regularizer: 1e-2 } };
    expect(numbers(await analyse(other, { cache }))).toEqual(numbers(await analyse(other)));
  });

  it("reports progress that never goes back and ends at 1", async () => {
    const seen: JobProgress[] = [];
    await analyse(smallProject, { onProgress: (progress) => seen.push(progress) });
    const fractions = seen.map(({ fraction }) => fraction);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
    expect(seen.some(({ stage }) => /\d+ of 96 environments/.test(stage))).toBe(true);
  });

  it("stops when cancelled", async () => {
    let polls = 0;
    const runner = inlineTaskRunner(backend, () => ++polls > 5);
    await expect(runAnalysis(smallProject, loaded(), runner, options)).rejects.toMatchObject({
      code: "CANCELLED",
    });
  });

  it("refuses what would not fit into memory, naming the largest array", async () => {
    await expect(analyse(smallProject, { memoryLimitBytes: 1000 })).rejects.toMatchObject({
      code: "OUT_OF_MEMORY",
      message: expect.stringContaining("the largest part is the ") as string,
    });
  });

  it("refuses a target species that the active set lacks", async () => {
    const structures = { ...smallStructures(), films: [diamondCell(1, [6, 14]), diamondCell(2)] };
    await expect(analyse(smallProject, {}, loaded(structures))).rejects.toMatchObject({
      code: "INVALID_PROJECT",
      message: expect.stringContaining("films[0] contains Si") as string,
    });
  });

  it("keeps species apart and covers several at once", async () => {
    const mixed = (seed: number): Structure => diamondCell(seed, [6, 14]);
    const structures = {
      train: Array.from({ length: 12 }, (_, i) => mixed(400 + i)),
      extra: [1, 2, 3].map(mixed),
      films: [7, 8].map(mixed),
    };
    const result = await analyse(smallProject, {}, loaded(structures));
    expect(result.targets[0]?.lpr.every((value) => value > 0 && Number.isFinite(value))).toBe(true);
    expect(result.targets[0]?.localEnergy?.every(Number.isFinite)).toBe(true);
  });

  it("names the structure and file of overlapping atoms", async () => {
    const structures = smallStructures();
    const [first] = structures.films;
    if (first === undefined) throw new Error("fixture");
    const positions = first.positions.slice();
    positions.copyWithin(3, 0, 3);
    structures.films[0] = { ...first, positions };
    await expect(analyse(smallProject, {}, loaded(structures))).rejects.toMatchObject({
      code: "INVALID_FILE",
      message: expect.stringContaining("films[0]") as string,
      location: { file: "films.xyz", structureIndex: 0 },
    });
  });

  it.each(["descriptor", "model", "variants", "targets"] as const)(
    "says that %s is missing",
    async (part) => {
      const document = { ...smallProject, [part]: undefined };
      await expect(analyse(document)).rejects.toMatchObject({ location: { jsonPath: part } });
    },
  );

  it("says that the active set is taken from nowhere", async () => {
    const { model } = smallProject;
    if (model?.type !== "sparse-kernel") throw new Error("fixture");
    const document = {
      ...smallProject,
      model: { ...model, activeSet: { ...model.activeSet, from: [] } },
    };
    await expect(analyse(document)).rejects.toMatchObject({
      location: { jsonPath: "model.activeSet.from" },
    });
  });

  it("keys results by inputs and settings, not by names of files or views", () => {
    const hashes = { train: "a", extra: "b", films: "c" };
    const text = resultKeyText(smallProject, hashes, "native");
    const moved = {
      ...smallProject,
      views: { colorBy: "lpr" },
      name: "x",
      datasets: { ...smallProject.datasets, train: { path: "elsewhere" } },
    };
    expect(resultKeyText(moved, hashes, "native")).toBe(text);
    expect(resultKeyText(smallProject, { ...hashes, train: "z" }, "native")).not.toBe(text);
    expect(resultKeyText(smallProject, hashes, "reference")).not.toBe(text);
    expect(resultKeyText({ ...smallProject, maps: [] }, hashes, "native")).not.toBe(text);
  });
});
