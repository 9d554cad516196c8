/** Every type of model through the whole analysis, against direct calculations. */
import { inverse, Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import type { LoadedDataset } from "../../../src/analysis/requirements.ts";
import { inlineTaskRunner } from "../../../src/analysis/tasks/runner.ts";
import { runAnalysis } from "../../../src/analysis/runAnalysis.ts";
import type { AnalysisResult } from "../../../src/analysis/result.ts";
import { describeStructures } from "../../../src/descriptors/soap.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../../../src/numerics/matrix.ts";
import { createReferenceBackend } from "../../../src/numerics/reference/backend.ts";
import type {
  LinearModel,
  NetworkModel,
  ProjectDocument,
  RegularizerMethod,
} from "../../../src/project/document.ts";
import { createRandom, uniform } from "../../../src/random.ts";
import type { Structure } from "../../../src/structures/structure.ts";
import {
  smallDescriptor,
  smallModel,
  smallProject,
  smallStructures,
} from "../../support/carbonCells.ts";

const backend = createReferenceBackend();
const structures = smallStructures();
const linear: LinearModel = { type: "linear", regularizer: 1e-3, structureRows: "mean" };

function loaded(
  lists: Record<string, readonly Structure[]> = structures,
  features?: (name: string) => DenseMatrix,
): Record<string, LoadedDataset> {
  return Object.fromEntries(
    Object.entries(lists).map(([name, list]): [string, LoadedDataset] => {
      const dataset = { structures: list, hash: `sha256:${name}`, fileName: `${name}.xyz` };
      return [name, features === undefined ? dataset : { ...dataset, features: features(name) }];
    }),
  );
}

function analyse(changes: Partial<ProjectDocument>, datasets = loaded()): Promise<AnalysisResult> {
  return runAnalysis({ ...smallProject, ...changes }, datasets, inlineTaskRunner(backend), {
    backend,
    threads: 1,
    memoryLimitBytes: 2 ** 30,
    key: "k",
  });
}

function worstRatio(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  return Math.max(
    ...Array.from(actual, (value, i) => Math.abs(value / (expected[i] ?? Number.NaN) - 1)),
  );
}

/** Mean features of every structure. */
function meanRows(list: readonly Structure[], features: DenseMatrix): number[][] {
  let first = 0;
  return list.map(({ nAtoms }) => {
    const rows = rowRange(features, first, first + nAtoms);
    first += nAtoms;
    return Array.from({ length: features.cols }, (_, j) => {
      let sum = 0;
      for (let i = 0; i < nAtoms; i++) sum += rows.data[i * features.cols + j] ?? 0;
      return sum / nAtoms;
    });
  });
}

/** 1 / (xᵀ (GᵀG + μI)⁻¹ x) the textbook way, harmless at this size and μ. */
function textbook(rows: number[][], targets: DenseMatrix, mu: number): number[] {
  const g = new Matrix(rows);
  const h = inverse(g.transpose().mmul(g).add(Matrix.eye(targets.cols).mul(mu)));
  return Array.from({ length: targets.rows }, (_, k) => {
    const x = Matrix.rowVector(Array.from(rowRange(targets, k, k + 1).data));
    return 1 / x.mmul(h).mmul(x.transpose()).get(0, 0);
  });
}

const describeAll = (list: readonly Structure[]): DenseMatrix =>
  describeStructures(list, smallDescriptor, backend, "full").features;
const films = describeAll(structures.films);
const trainRows = meanRows(structures.train, describeAll(structures.train));

describe("a linear model", () => {
  it("has the LPR of the textbook formula on the features", async () => {
    const { targets, variants, modelType } = await analyse({ model: linear });
    const expected = textbook(trainRows.slice(0, 10), films, 1e-3);
    expect(worstRatio(targets[0]?.lpr.subarray(0, 16) ?? [], expected)).toBeLessThan(1e-9);
    expect(modelType).toBe("linear");
    expect(variants[0]?.rigidity.errorEstimate).toBeLessThan(1e-8);
  });

  it("gives the same on the same features imported, whatever the type of descriptor", async () => {
    const soap = await analyse({ model: linear });
    const features = (name: string): DenseMatrix =>
      describeAll(structures[name as keyof typeof structures]);
    const datasets = loaded(structures, features);
    const imported = await analyse({ model: linear, descriptor: { type: "features" } }, datasets);
    const lpr = imported.targets[0]?.lpr ?? [];
    expect(worstRatio(lpr, soap.targets[0]?.lpr ?? [])).toBeLessThan(1e-9);
  });

  it("has component rigidities of masked features, and structure rigidities", async () => {
    const components = [
      { name: "low", columns: "0:20" },
      { name: "all", columns: ":" },
    ];
    const result = await analyse({ model: linear, components });
    const masked = denseMatrix(films.rows, films.cols);
    for (let i = 0; i < films.rows; i++) {
      const row = i * films.cols;
      masked.data.set(films.data.subarray(row, row + 20), row);
    }
    const [target] = result.targets;
    const rigidity = target?.componentRigidity ?? new Float64Array(0);
    const rows = trainRows.slice(0, 10);
    expect(worstRatio(rigidity.subarray(0, 16), textbook(rows, masked, 1e-3))).toBeLessThan(1e-9);
    const whole = target?.lpr.subarray(0, 16) ?? [];
    expect(worstRatio(rigidity.subarray(16, 32), whole)).toBeLessThan(1e-12);
    const means = meanRows(structures.films, films);
    const structureRows = denseMatrix(2, films.cols, Float64Array.from(means.flat()));
    const structure = target?.structureRigidity.subarray(0, 2) ?? [];
    expect(worstRatio(structure, textbook(rows, structureRows, 1e-3))).toBeLessThan(1e-9);
    expect(result.components).toEqual(["low", "all"]);
  });

  it("refuses columns that do not exist and features that are missing or differ in width", async () => {
    const components = [{ name: "low", columns: [films.cols] }];
    await expect(analyse({ model: linear, components })).rejects.toMatchObject({
      code: "INVALID_PROJECT",
      location: { jsonPath: "components[0].columns[0]" },
    });
    const descriptor = { type: "features" } as const;
    await expect(analyse({ model: linear, descriptor })).rejects.toMatchObject({
      code: "INVALID_PROJECT",
      location: { jsonPath: "datasets.train.features" },
    });
    const datasets = loaded(structures, (name) => denseMatrix(96, name === "films" ? 3 : 4));
    await expect(analyse({ model: linear, descriptor }, datasets)).rejects.toMatchObject({
      code: "INCOMPATIBLE_SHAPE",
      location: { jsonPath: "datasets.films.features" },
    });
  });
});

/** Energies that no model fits exactly. */
const random = createRandom(5);
const withEnergies = Object.fromEntries(
  Object.entries(structures).map(([name, list]) => [
    name,
    list.map((structure) => ({ ...structure, info: { energy: -50 + uniform(random) } })),
  ]),
);

describe("a network", () => {
  const model: NetworkModel = {
    type: "network",
    hidden: [4],
    regularizer: 1e-2,
    structureRows: "mean",
    maxIterations: 300,
  };

  it("is trained, and has an LPR on which two groups of workers agree", async () => {
    const result = await analyse({ model }, loaded(withEnergies));
    const [baseline] = result.variants;
    expect(baseline?.training?.nParameters).toBe(4 * (films.cols * 0 + 41) + 5);
    expect(baseline?.training?.converged).toBe(true);
    const lpr = result.targets[0]?.lpr ?? new Float64Array(0);
    expect(lpr.every((value) => value > 0 && value < Infinity)).toBe(true);
    expect(result.targets[0]?.localEnergy?.every(Number.isFinite)).toBe(true);
    const again = await analyse({ model }, loaded(withEnergies));
    expect(again.targets[0]?.lpr).toEqual(lpr);
  });

  it("needs energies", async () => {
    const without = {
      ...structures,
      train: structures.train.map((structure) => ({ ...structure, info: {} })),
    };
    await expect(analyse({ model }, loaded(without))).rejects.toMatchObject({
      code: "INVALID_PROJECT",
      location: { jsonPath: "variants[0]" },
    });
  });
});

describe("committees, tests and calibration", () => {
  it("gives mean and variance of members that are models of their own", async () => {
    const uncertainty = { committee: { members: 4, fraction: 0.7, seed: 3 } };
    const [target] = (await analyse({ model: linear, uncertainty }, loaded(withEnergies))).targets;
    const committee = target?.committee;
    expect(committee?.members).toBe(4);
    const n = 16;
    for (let v = 0; v < 2; v++) {
      for (let k = 0; k < n; k++) {
        const values = [0, 1, 2, 3].map((b) => committee?.energies[(v * 4 + b) * n + k] ?? 0);
        const mean = values.reduce((sum, value) => sum + value, 0) / 4;
        const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 3;
        expect(committee?.mean[v * n + k]).toBeCloseTo(mean, 12);
        expect(committee?.variance[v * n + k]).toBeCloseTo(variance, 12);
      }
    }
    const whole = { committee: { members: 2, fraction: 1 } };
    const same = await analyse({ model: linear, uncertainty: whole }, loaded(withEnergies));
    const energies = same.targets[0]?.committee?.energies ?? new Float64Array(0);
    expect(energies.subarray(0, n)).toEqual(same.targets[0]?.localEnergy?.subarray(0, n));
  });

  it("tests on the training set with the errors of the training", async () => {
    const test = [{ dataset: "train", structures: "0:10" }];
    const { variants } = await analyse({ model: linear, test }, loaded(withEnergies));
    const [baseline] = variants;
    expect(baseline?.testErrors?.rmse).toBeCloseTo(baseline?.trainErrors?.rmse ?? 0, 9);
    expect(variants[1]?.testErrors?.rmse).not.toBeCloseTo(baseline?.trainErrors?.rmse ?? 0, 9);
  });

  it("says when test structures have no energies", async () => {
    const extra = withEnergies["extra"]?.map((structure) => ({ ...structure, info: {} })) ?? [];
    const test = [{ dataset: "extra" }];
    const result = await analyse({ model: linear, test }, loaded({ ...withEnergies, extra }));
    expect(result.variants[0]?.testErrors).toBeNull();
    expect(result.diagnostics.map(({ code }) => code)).toContain("ENERGIES_MISSING");
  });

  it("calibrates the scale of the variance", async () => {
    const uncertainty = { calibration: [{ dataset: "extra" }] };
    const { variants } = await analyse({ uncertainty }, loaded(withEnergies));
    expect(variants[0]?.calibration?.scale).toBeGreaterThan(0);
  });

  it("adds the projected-process variance, the same for variants of one active set", async () => {
    const uncertainty = { projectedProcess: true };
    const [target] = (await analyse({ uncertainty })).targets;
    const extra = target?.unexplainedVariance ?? new Float64Array(0);
    expect(extra).toHaveLength(32);
    expect(extra.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(extra.subarray(0, 16)).toEqual(extra.subarray(16));
    expect(Math.max(...extra)).toBeGreaterThan(0);
  });
});

describe("the regularizer", () => {
  it.each([
    { method: "cross-validation", folds: 3, seed: 1, range: [1e-8, 1], points: 9 },
    { method: "marginal-likelihood" },
  ] satisfies RegularizerMethod[])("found by $method is the one that counts", async (method) => {
    const found = await analyse(
      { model: { ...smallModel, regularizer: method } },
      loaded(withEnergies),
    );
    expect(found.regularizerSearch?.curve.length).toBeGreaterThan(3);
    const given = await analyse(
      { model: { ...smallModel, regularizer: found.regularizer } },
      loaded(withEnergies),
    );
    expect(found.targets[0]?.lpr).toEqual(given.targets[0]?.lpr);
  });

  it("cannot be found without energies", async () => {
    const train = structures.train.map((structure) => ({ ...structure, info: {} }));
    const regularizer = { method: "marginal-likelihood" } as const;
    await expect(
      analyse({ model: { ...smallModel, regularizer } }, loaded({ ...structures, train })),
    ).rejects.toMatchObject({ location: { jsonPath: "model.regularizer" } });
  });
});

describe("the active set", () => {
  it("chosen anew for a variant is that of its own training set", async () => {
    const own = { method: "fps", size: 20, from: ["train"], seed: 1, perVariant: true } as const;
    const every = [{ name: "all", train: [{ dataset: "train" }] }];
    const variants = [...(smallProject.variants ?? []), ...every];
    const result = await analyse({ model: { ...smallModel, activeSet: own }, variants });
    const shared = { ...own, perVariant: false };
    const alone = await analyse({ model: { ...smallModel, activeSet: shared }, variants: every });
    expect(result.targets[0]?.lpr.subarray(32)).toEqual(alone.targets[0]?.lpr);
    expect(result.targets[0]?.lpr.subarray(0, 16)).not.toEqual(alone.targets[0]?.lpr);
  });

  it("can be chosen by CUR", async () => {
    const activeSet = { method: "cur", size: 20, from: ["train"] } as const;
    const result = await analyse({ model: { ...smallModel, activeSet } });
    expect(result.variants[0]?.rigidity).toMatchObject({ activeSetSize: 20, effectiveRank: 20 });
    expect(result.targets[0]?.lpr.every((value) => value > 0)).toBe(true);
  });
});

describe("similarity", () => {
  it("of a structure to itself is 1 and to others less", async () => {
    const similarity = [{ name: "low", dataset: "films", structure: 0 }];
    const result = await analyse({ similarity });
    const values = result.targets[0]?.similarity ?? new Float64Array(0);
    expect(result.similarity).toEqual(["low"]);
    expect(values).toHaveLength(16);
    for (const value of values.subarray(0, 8)) expect(value).toBeCloseTo(1, 12);
    for (const value of values.subarray(8)) expect(value).toBeLessThan(1);
  });

  it("names a reference that does not exist", async () => {
    const similarity = [{ name: "x", dataset: "films", structure: 2 }];
    await expect(analyse({ similarity })).rejects.toMatchObject({
      location: { jsonPath: "similarity[0].structure" },
    });
  });
});
