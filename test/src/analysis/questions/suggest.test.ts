/** Suggestions against full analyses with the candidates added. */
import { describe, expect, it } from "vitest";
import type { LoadedDataset } from "../../../../src/analysis/requirements.ts";
import { inlineTaskRunner } from "../../../../src/analysis/tasks/runner.ts";
import { runAnalysis } from "../../../../src/analysis/runAnalysis.ts";
import { createStageCache } from "../../../../src/analysis/stages/stageCache.ts";
import { runSuggestions } from "../../../../src/analysis/questions/suggest.ts";
import type { SuggestionRequest } from "../../../../src/analysis/questions/suggestion.ts";
import { denseMatrix, type DenseMatrix } from "../../../../src/numerics/matrix.ts";
import type {
  LinearModel,
  NetworkModel,
  ProjectDocument,
} from "../../../../src/project/document.ts";
import { createRandom, uniform } from "../../../../src/random.ts";
import type { Structure } from "../../../../src/structures/structure.ts";
import {
  diamondCell,
  smallDescriptor,
  smallModel,
  smallProject,
} from "../../../support/carbonCells.ts";
import {
  adding,
  analysed,
  backend,
  baseline,
  everyExtra,
  linear,
  loaded,
  meanLogRatio,
  sharedOptions,
  structures,
  suggest,
} from "../../../support/suggestions.ts";

const network: NetworkModel = {
  type: "network",
  hidden: [3],
  regularizer: 1e-2,
  maxIterations: 40,
  structureRows: "mean",
};
describe("gains", () => {
  for (const model of [smallModel, { ...smallModel, structureRows: "sum" as const }, linear]) {
    it(`are those of a full analysis with the candidate added: ${model.type}, ${model.structureRows ?? ""} rows`, async () => {
      const { ranking, certainRanks, steps, atoms, updateError } = await suggest({}, { model });
      expect(certainRanks).toBe(6);
      const chosen = steps.map(({ rank }) => ranking[rank]?.structureIndex ?? -1);
      const single = [0, 1, 2, 3, 4, 5].map((index) => adding(`one ${String(index)}`, [index]));
      const variants = [baseline, ...single, adding("chosen", chosen)];
      const lpr = await analysed(variants, { model });
      const everyAtom = Array.from({ length: 16 }, (_, k) => k);
      const [before = [], ...after] = lpr;
      for (const candidate of ranking) {
        const { structureIndex, gain, gainError, gainPerAtom, maxLift, name } = candidate;
        const values = after[structureIndex] ?? [];
        const expected = meanLogRatio(values, before, everyAtom);
        expect(Math.abs(gain - expected)).toBeLessThan(1e-8);
        expect(gainError).toBeGreaterThan(0);
        expect(gainError).toBeLessThan(1e-9);
        expect(gainPerAtom).toBeCloseTo(gain / 8, 12);
        const lifts = everyAtom.map((k) => (values[k] ?? NaN) / (before[k] ?? NaN) - 1);
        expect(Math.abs(maxLift - Math.max(...lifts))).toBeLessThan(1e-8);
        expect(name).toBe(`extra[${String(structureIndex)}]`);
      }
      expect(ranking.map(({ gain }) => gain)).toEqual(
        ranking.map(({ gain }) => gain).sort((a, b) => b - a),
      );
      const last = after.at(-1) ?? [];
      const total = meanLogRatio(last, before, everyAtom);
      expect(Math.abs((steps[1]?.totalGain ?? NaN) - total)).toBeLessThan(1e-8);
      everyAtom.forEach((k) => {
        expect((atoms.lprBefore[k] ?? NaN) / (before[k] ?? NaN)).toBeCloseTo(1, 9);
        expect((atoms.lprAfter[k] ?? NaN) / (last[k] ?? NaN)).toBeCloseTo(1, 9);
      });
      expect(updateError).toBeLessThan(1e-8);
    });
  }

  it("are found for a network, with its gradients as features", async () => {
    const { ranking, steps, updateError, diagnostics } = await suggest({}, { model: network });
    expect(diagnostics).toContainEqual(expect.objectContaining({ code: "MODEL_KEPT" }));
    expect(ranking).toHaveLength(6);
    expect(ranking[0]?.gain).toBeGreaterThan(0);
    expect(steps[0]?.rank).toBe(0);
    expect(updateError).toBeLessThan(1e-8);
  });

  it("hold for the active points of the variant when each variant has its own", async () => {
    const own = { method: "fps", size: 30, from: ["train"], seed: 1, perVariant: true } as const;
    const model = { ...smallModel, activeSet: own };
    const { diagnostics, atoms } = await suggest({ variant: "more diamond" }, { model });
    expect(diagnostics).toContainEqual(expect.objectContaining({ code: "MODEL_KEPT" }));
    const [, before = []] = await analysed(smallProject.variants, { model });
    Array.from(atoms.lprBefore).forEach((lpr, k) => {
      expect(lpr / (before[k] ?? NaN)).toBeCloseTo(1, 9);
    });
  });

  it("are found on imported features, which every candidate must have", async () => {
    const featuresOf = (list: readonly Structure[], columns = 5): DenseMatrix => {
      const random = createRandom(list.length);
      const rows = list.reduce((sum, { nAtoms }) => sum + nAtoms, 0);
      return denseMatrix(
        rows,
        columns,
        Float64Array.from({ length: rows * columns }, () => uniform(random)),
      );
    };
    const datasets = Object.fromEntries(
      Object.entries(loaded(structures)).map(([name, dataset]): [string, LoadedDataset] => [
        name,
        { ...dataset, features: featuresOf(dataset.structures) },
      ]),
    );
    const document: ProjectDocument = {
      ...smallProject,
      descriptor: { type: "features" },
      model: linear,
      variants: [baseline, adding("best", [4])],
      maps: [],
    };
    const runner = inlineTaskRunner(backend);
    const ask = (extra: Record<string, LoadedDataset>, given = datasets) =>
      runSuggestions(document, given, extra, everyExtra, runner, sharedOptions);
    const { ranking } = await ask({});
    const result = await runAnalysis(document, datasets, runner, { ...sharedOptions, key: "k" });
    const lpr = result.targets[0]?.lpr ?? new Float64Array(0);
    const everyAtom = Array.from({ length: 16 }, (_, k) => k);
    const expected = meanLogRatio(lpr.subarray(16), lpr.subarray(0, 16), everyAtom);
    const found = ranking.find(({ structureIndex }) => structureIndex === 4);
    expect(Math.abs((found?.gain ?? NaN) - expected)).toBeLessThan(1e-8);
    await expect(ask(loaded({ crystals: structures.extra }))).rejects.toMatchObject({
      code: "INVALID_PARAMETER",
      message: expect.stringContaining("imported") as string,
    });
    const own = { structures: structures.extra, hash: "sha256:other", fileName: "extra.xyz" };
    const wrong = { ...datasets, extra: { ...own, features: featuresOf(own.structures, 4) } };
    await expect(ask({}, wrong)).rejects.toMatchObject({ code: "INCOMPATIBLE_SHAPE" });
  });

  it("are those of the variant asked for, also when the regularizer is found on the first", async () => {
    const model: LinearModel = {
      ...linear,
      regularizer: { method: "cross-validation", folds: 3, points: 5 },
    };
    const { regularizer, variant, nTraining, ranking } = await suggest(
      { variant: "more diamond" },
      { model },
    );
    expect([variant, nTraining]).toEqual(["more diamond", 11]);
    const fixed = await suggest({ variant: "more diamond" }, { model: { ...linear, regularizer } });
    expect(ranking).toEqual(fixed.ranking);
    const first = await suggest({}, { model });
    expect(first.regularizer).toBe(regularizer);
    expect(first.ranking).not.toEqual(ranking);
  });
});

describe("the atoms to be helped", () => {
  it("are the share of lowest LPR, of one target or of all", async () => {
    const [before = new Float64Array(0)] = await analysed([baseline], {});
    const order = Array.from(before.keys()).sort((a, b) => (before[a] ?? 0) - (before[b] ?? 0));
    const { atoms, ranking } = await suggest({ atoms: { kind: "worst", fraction: 0.25 } });
    const found = Array.from(atoms.atom, (atom, k) => 8 * (atoms.target[k] ?? 0) + atom);
    expect(found).toEqual(order.slice(0, 4).sort((a, b) => a - b));
    const [, after = new Float64Array(0)] = await analysed(
      [baseline, adding("best", [ranking[0]?.structureIndex ?? -1])],
      {},
    );
    const expected = meanLogRatio(after, before, found);
    expect(Math.abs((ranking[0]?.gain ?? NaN) - expected)).toBeLessThan(1e-8);

    const second = await suggest({ atoms: { kind: "worst", fraction: 0.25, target: 1 } });
    const own = order.filter((k) => k >= 8).slice(0, 2);
    expect(Array.from(second.atoms.target)).toEqual([1, 1]);
    expect(Array.from(second.atoms.atom)).toEqual(own.map((k) => k - 8).sort((a, b) => a - b));
    expect(second.targets.map(({ label }) => label)).toEqual(["low", "high"]);
  });

  it("can be listed, each counting once, and at least one is the worst", async () => {
    const listed = await suggest({ atoms: { kind: "listed", indices: [9, 3, 9] } });
    expect([...listed.atoms.target, ...listed.atoms.atom]).toEqual([0, 1, 3, 1]);
    const within = await suggest({ atoms: { kind: "listed", indices: [5], target: 1 } });
    expect([...within.atoms.target, ...within.atoms.atom]).toEqual([1, 5]);
    const one = await suggest({ atoms: { kind: "worst", fraction: 1e-3 } });
    expect(one.atoms.atom).toHaveLength(1);
  });

  it("must exist", async () => {
    const wrong: SuggestionRequest["atoms"][] = [
      { kind: "worst", fraction: 0 },
      { kind: "worst", fraction: 1.5 },
      { kind: "all", target: 2 },
      { kind: "listed", indices: [] },
      { kind: "listed", indices: [16] },
      { kind: "listed", indices: [8], target: 0 },
    ];
    for (const atoms of wrong) {
      await expect(suggest({ atoms })).rejects.toMatchObject({ code: "INVALID_PARAMETER" });
    }
  });
});

describe("candidates", () => {
  it("may be in the training set, which is said", async () => {
    const { ranking, diagnostics } = await suggest({
      candidates: [{ dataset: "train", structures: "8:12" }, { dataset: "train" }],
    });
    expect(ranking).toHaveLength(12);
    const times = [...ranking].sort((a, b) => a.structureIndex - b.structureIndex);
    expect(times.map(({ timesInTraining }) => timesInTraining)).toEqual([
      ...new Array<number>(10).fill(1),
      0,
      0,
    ]);
    expect(diagnostics).toContainEqual(
      expect.objectContaining({
        code: "CANDIDATES_IN_TRAINING",
        message: expect.stringContaining("10 of 12 candidates") as string,
      }),
    );
  });

  it("may be structures that are in no dataset, and give what they would as a dataset", async () => {
    const extra = loaded({ crystals: structures.extra });
    const { ranking } = await suggest({ candidates: [] }, {}, extra);
    const { ranking: known } = await suggest();
    expect(ranking.map(({ name, gain }) => [name.replace("crystals", "extra"), gain])).toEqual(
      known.map(({ name, gain }) => [name, gain]),
    );
    expect(ranking[0]?.dataset).toBe("crystals");
  });

  it("of species that the model does not know are left out, which is said", async () => {
    const strange = loaded({ alloys: [diamondCell(1, [6, 14]), diamondCell(2)] });
    const { ranking, diagnostics } = await suggest({ candidates: [] }, {}, strange);
    expect(ranking.map(({ name }) => name)).toEqual(["alloys[1]"]);
    expect(diagnostics).toContainEqual(
      expect.objectContaining({
        code: "CANDIDATES_LEFT_OUT",
        message: expect.stringContaining("1 of 2 candidates were left out") as string,
      }),
    );
    const none = loaded({ alloys: [diamondCell(1, [6, 14])] });
    await expect(suggest({ candidates: [] }, {}, none)).rejects.toMatchObject({
      message: expect.stringContaining("Si") as string,
    });
    // A density channel alone is not enough: the model must have active points of the species.
    const descriptor = { ...smallDescriptor, species: ["C", "Si"] };
    await expect(suggest({ candidates: [] }, { descriptor }, none)).rejects.toMatchObject({
      message: expect.stringContaining("Si") as string,
    });
  });

  it("must exist, and so must the variant", async () => {
    const wrong: Partial<SuggestionRequest>[] = [
      { candidates: [] },
      { candidates: [{ dataset: "nothing" }] },
      { variant: "nothing" },
      { count: 0 },
      { random: { repeats: 0, seed: 1 } },
    ];
    for (const request of wrong) {
      await expect(suggest(request)).rejects.toMatchObject({ code: "INVALID_PARAMETER" });
    }
    await expect(
      suggest({ candidates: [{ dataset: "extra", structures: "17" }] }),
    ).rejects.toMatchObject({ code: "INVALID_PROJECT" });
    await expect(suggest({}, {}, loaded({ films: structures.extra }))).rejects.toMatchObject({
      code: "INVALID_PARAMETER",
    });
  });
});

describe("the choice", () => {
  it("beats random choices of as many, which a seed repeats", async () => {
    const random = { repeats: 8, seed: 3 };
    const { steps, random: found } = await suggest({ random });
    expect(found).toMatchObject({ count: 2, seed: 3 });
    expect(found?.gains).toHaveLength(8);
    expect(steps[1]?.totalGain).toBeGreaterThanOrEqual(Math.max(...(found?.gains ?? [])) - 1e-12);
    expect(steps[1]?.totalGain).toBeGreaterThan(found?.mean ?? Infinity);
    const again = await suggest({ random });
    expect(again.random).toEqual(found);
  });

  it("counts atoms when the gain per atom is asked for", async () => {
    const large = { ...diamondCell(400) };
    const doubled: Structure = {
      ...large,
      nAtoms: 16,
      species: new Uint8Array(16).fill(6),
      positions: Float64Array.from([
        ...large.positions,
        ...large.positions.map((x, i) => x + (i % 3 === 0 ? (large.cell?.[0] ?? 0) : 0)),
      ]),
      cell: large.cell?.map((x, i) => (i === 0 ? 2 * x : x)) ?? null,
    };
    const extra = loaded({ pair: [doubled, large] });
    const { ranking, steps } = await suggest(
      { candidates: [], by: "gainPerCost", count: 1 },
      {},
      extra,
    );
    // The same crystal: equal mean rows, equal gain, twice the cost.
    expect(ranking.map(({ name }) => name)).toEqual(["pair[1]", "pair[0]"]);
    expect(ranking[0]?.gain).toBeCloseTo(ranking[1]?.gain ?? NaN, 10);
    expect(steps).toMatchObject([{ rank: 0, totalAtoms: 8 }]);
  });

  it("puts aside what is alike, and says when nothing is left", async () => {
    const twice = loaded({ copies: [0, 0, 1].map((i) => diamondCell(200 + i)) });
    const { steps, diagnostics } = await suggest(
      { candidates: [], count: 3, maxSimilarity: 0.999999 },
      {},
      twice,
    );
    expect(steps).toHaveLength(2);
    expect(steps.reduce((sum, { putAside }) => sum + putAside, 0)).toBe(1);
    expect(diagnostics).toContainEqual(expect.objectContaining({ code: "FEWER_SUGGESTIONS" }));
  });
});

describe("running", () => {
  it("finds the model in the cache of an analysis", async () => {
    const cache = createStageCache(2 ** 28);
    await runAnalysis(smallProject, loaded(structures), inlineTaskRunner(backend), {
      ...sharedOptions,
      key: "k",
      cache,
    });
    const { timings, ranking } = await suggest({}, {}, {}, { cache });
    expect(timings.filter(({ cached }) => cached).map(({ stage }) => stage)).toEqual([
      "Power spectra of the training pool",
      "Active set",
    ]);
    expect(ranking).toEqual((await suggest()).ranking);
  });

  it("reports progress that never falls and can be cancelled at any time", async () => {
    const fractions: number[] = [];
    const onProgress = ({ fraction }: { readonly fraction: number }): void => {
      fractions.push(fraction);
    };
    await suggest({ random: { repeats: 5, seed: 1 } }, {}, {}, { onProgress });
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
    let left = 25;
    const runner = inlineTaskRunner(backend, () => left-- < 0);
    await expect(
      runSuggestions(smallProject, loaded(structures), {}, everyExtra, runner, sharedOptions),
    ).rejects.toMatchObject({ code: "CANCELLED" });
  });

  it("refuses what does not fit into memory", async () => {
    await expect(suggest({}, {}, {}, { memoryLimitBytes: 1e4 })).rejects.toMatchObject({
      code: "OUT_OF_MEMORY",
    });
  });
});
