/** What-if through the pipeline against full analyses of the resulting variants. */
import { describe, expect, it } from "vitest";
import { prepareWhatIf } from "../../../../src/analysis/questions/prepareWhatIf.ts";
import { runAnalysis } from "../../../../src/analysis/runAnalysis.ts";
import { inlineTaskRunner } from "../../../../src/analysis/tasks/runner.ts";
import { createStageCache } from "../../../../src/analysis/stages/stageCache.ts";
import type { PreparedWhatIf, WhatIfRequest } from "../../../../src/analysis/questions/whatIf.ts";
import { gainsAlone, whitenPool } from "../../../../src/analysis/questions/whatIfGains.ts";
import { valuesUnder, type TargetValues } from "../../../../src/analysis/questions/whatIfValues.ts";
import type { NetworkModel, ProjectDocument, Variant } from "../../../../src/project/document.ts";
import { createWhatIfSession } from "../../../../src/rigidity/whatIf.ts";
import { smallModel, smallProject } from "../../../support/carbonCells.ts";
import {
  analysed,
  backend,
  baseline,
  linear,
  loaded,
  meanLogRatio,
  sharedOptions,
  structures,
} from "../../../support/suggestions.ts";

const network: NetworkModel = {
  type: "network",
  hidden: [3],
  regularizer: 1e-2,
  maxIterations: 40,
  structureRows: "mean",
};

const everything: WhatIfRequest = { candidates: [{ dataset: "train" }, { dataset: "extra" }] };

function prepare(
  request: WhatIfRequest = everything,
  project: Partial<ProjectDocument> = {},
  options: Partial<Parameters<typeof prepareWhatIf>[4]> = {},
): Promise<PreparedWhatIf> {
  const document = { ...smallProject, ...project };
  const all = { ...sharedOptions, ...options };
  return prepareWhatIf(document, loaded(structures), request, inlineTaskRunner(backend), all);
}

type Changes = readonly (readonly [dataset: string, index: number, count: number])[];

function changesOf(prepared: PreparedWhatIf, changes: Changes) {
  return changes.map(([dataset, index, count]) => ({
    structure: prepared.structures.findIndex(
      (one) => one.dataset === dataset && one.structureIndex === index,
    ),
    count,
  }));
}

function under(prepared: PreparedWhatIf, changes: Changes, refit: "manual" | "now" = "manual") {
  const session = createWhatIfSession(prepared.problem, backend, { targets: prepared.mode });
  const { rowCounts } = prepared.problem;
  return valuesUnder(session, rowCounts, changesOf(prepared, changes), refit, prepared.offsets);
}

function joined({ lpr }: TargetValues): readonly number[] {
  return lpr.flatMap((values) => Array.from(values));
}

function worst(found: readonly number[], wanted: ArrayLike<number>): number {
  expect(found).toHaveLength(wanted.length);
  return Math.max(...found.map((value, k) => Math.abs(value / (wanted[k] ?? NaN) - 1)));
}

/** Removals, repeats and additions, as changes of counts and as a variant. */
const EDITS: readonly { readonly name: string; readonly changes: Changes; variant: Variant }[] = [
  {
    name: "one in",
    changes: [["extra", 2, 1]],
    variant: { name: "v", base: "baseline", add: [{ dataset: "extra", structures: [2] }] },
  },
  {
    name: "two out",
    changes: [
      ["train", 0, 0],
      ["train", 7, 0],
    ],
    variant: { name: "v", base: "baseline", remove: [{ dataset: "train", structures: [0, 7] }] },
  },
  {
    name: "repeats in, one out, one repeated",
    changes: [
      ["extra", 0, 3],
      ["train", 3, 0],
      ["train", 5, 2],
      ["train", 11, 1],
    ],
    variant: {
      name: "v",
      base: "baseline",
      remove: [{ dataset: "train", structures: [3] }],
      add: [
        { dataset: "extra", structures: [0], repeat: 3 },
        { dataset: "train", structures: [5, 11] },
      ],
    },
  },
];

describe("what-if of a project", () => {
  for (const model of [
    smallModel,
    { ...smallModel, structureRows: "sum" as const },
    {
      ...smallModel,
      activeSet: { method: "explicit" as const, from: ["train"], indices: [0, 9, 33] },
    },
    linear,
    { ...linear, regularizer: { method: "cross-validation" as const, folds: 3, points: 5 } },
  ]) {
    const of = `${model.type}, ${JSON.stringify(model.regularizer)}, ${model.structureRows ?? ""}`;
    it(`gives the LPR of a full analysis of the variant: ${of}`, async () => {
      const prepared = await prepare(everything, { model });
      for (const { name, changes, variant } of EDITS) {
        const [base = [], wanted = []] = await analysed([baseline, variant], { model });
        expect(worst(Array.from(prepared.lpr), base), name).toBeLessThan(1e-9);
        const answer = under(prepared, changes);
        const difference = worst(joined(answer), wanted);
        expect(difference, name).toBeLessThan(1e-6);
        expect(difference, name).toBeLessThanOrEqual(Math.max(answer.errorEstimate, 1e-12));
        const refit = under(prepared, changes, "now");
        expect(refit).toMatchObject({ exact: true, changedRows: 0, needsRefit: false });
        expect(worst(joined(refit), wanted), name).toBeLessThan(1e-9);
      }
    });
  }

  it("keeps the network of the variant, and says so", async () => {
    const prepared = await prepare(everything, { model: network });
    expect(prepared.diagnostics).toContainEqual(expect.objectContaining({ code: "MODEL_KEPT" }));
    const [base = []] = await analysed([baseline], { model: network });
    expect(worst(Array.from(prepared.lpr), base)).toBeLessThan(1e-9);
    for (const { changes } of EDITS) {
      const refit = under(prepared, changes, "now");
      expect(worst(joined(under(prepared, changes)), joined(refit))).toBeLessThan(1e-6);
    }
  });

  it("starts from the variant asked for, with its repeats, and watches the targets asked for", async () => {
    const variants: readonly Variant[] = [
      baseline,
      {
        name: "twice",
        base: "baseline",
        remove: [{ dataset: "train", structures: [1] }],
        add: [{ dataset: "extra", structures: [4], repeat: 2 }],
      },
    ];
    const prepared = await prepare(
      { variant: "twice", candidates: [], targets: [1] },
      { variants },
    );
    expect(prepared.structures).toHaveLength(10);
    expect(prepared.structures.at(-1)).toEqual({
      dataset: "extra",
      structureIndex: 4,
      nAtoms: 8,
      energy: structures.extra[4]?.info["energy"],
      count: 2,
    });
    expect(prepared.targets).toEqual([
      { target: 1, dataset: "films", structureIndex: 1, label: "high", nAtoms: 8 },
    ]);
    const [, lpr = new Float64Array(0)] = await analysed(variants, {});
    expect(worst(Array.from(prepared.lpr), lpr.slice(8))).toBeLessThan(1e-9);
  });

  it("says what each structure would do alone: the gain of a full analysis with it", async () => {
    const prepared = await prepare();
    const runner = inlineTaskRunner(backend);
    const pool = await whitenPool(runner, prepared);
    const gains = await gainsAlone(runner, prepared, pool, 1);
    const [before = [], after = []] = await analysed(
      [baseline, { name: "v", base: "baseline", add: [{ dataset: "extra", structures: [3] }] }],
      {},
    );
    const high = [8, 9, 10, 11, 12, 13, 14, 15];
    const place = changesOf(prepared, [["extra", 3, 1]])[0]?.structure ?? -1;
    expect(Math.abs((gains[place] ?? NaN) - meanLogRatio(after, before, high))).toBeLessThan(1e-9);
    await expect(gainsAlone(runner, prepared, pool, 2)).rejects.toMatchObject({
      code: "INVALID_PARAMETER",
    });
  });

  it("finds the stages of an analysis in the cache, and streams what memory cannot hold", async () => {
    const cache = createStageCache(2 ** 28);
    const options = { ...sharedOptions, cache };
    const runner = inlineTaskRunner(backend);
    await runAnalysis(smallProject, loaded(structures), runner, { ...options, key: "k" });
    const prepared = await prepare(everything, {}, { cache });
    expect(prepared.timings.filter(({ cached }) => cached).length).toBeGreaterThan(0);
    const dimension = prepared.problem.factor.dimension;
    const rows = 8 * dimension * (prepared.structures.length + 16);
    expect(prepared.mode).toBe("kept");
    expect(prepared.bytes).toBe(rows + 8 * dimension * 16);
  });
});

describe("what-if refuses", () => {
  it("a model that chooses its active points for every variant", async () => {
    const own = { method: "fps", size: 30, from: ["train"], perVariant: true } as const;
    const model = { ...smallModel, activeSet: own };
    await expect(prepare(everything, { model })).rejects.toMatchObject({
      code: "INVALID_PARAMETER",
      remedy: expect.stringContaining("perVariant") as string,
    });
  });

  it("unknown variants, targets and datasets", async () => {
    for (const request of [
      { ...everything, variant: "none" },
      { ...everything, targets: [2] },
      { ...everything, targets: [] },
      { candidates: [{ dataset: "none" }] },
    ]) {
      await expect(prepare(request)).rejects.toMatchObject({ code: "INVALID_PARAMETER" });
    }
  });

  it("an empty training set and structures that are not there", async () => {
    const prepared = await prepare({ candidates: [{ dataset: "extra" }] });
    const none: Changes = Array.from({ length: 10 }, (_, i) => ["train", i, 0] as const);
    expect(() => under(prepared, none)).toThrow(
      expect.objectContaining({ code: "INVALID_PARAMETER" }) as Error,
    );
    expect(() => under(prepared, [["train", 11, 1]])).toThrow(
      expect.objectContaining({ code: "INVALID_PARAMETER" }) as Error,
    );
  });

  it("more atoms than the memory limit allows", async () => {
    await expect(prepare(everything, {}, { memoryLimitBytes: 1000 })).rejects.toMatchObject({
      code: "OUT_OF_MEMORY",
    });
  });
});
