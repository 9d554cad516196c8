/** Designed crystals tried in a session, against full analyses of the variants with them. */
import { describe, expect, it } from "vitest";
import { prepareCrystals, tryCrystal } from "../../../../src/analysis/questions/crystalSession.ts";
import type { LoadedDataset } from "../../../../src/analysis/requirements.ts";
import { runAnalysis } from "../../../../src/analysis/runAnalysis.ts";
import { inlineTaskRunner, type TaskRunner } from "../../../../src/analysis/tasks/runner.ts";
import { createStageCache } from "../../../../src/analysis/stages/stageCache.ts";
import { designedCrystal, type CrystalDesign } from "../../../../src/crystals/crystalDesign.ts";
import { NO_STRAIN } from "../../../../src/crystals/strain.ts";
import { denseMatrix, rowRange } from "../../../../src/numerics/matrix.ts";
import type { NetworkModel, ProjectDocument } from "../../../../src/project/document.ts";
import type { Structure } from "../../../../src/structures/structure.ts";
import { diamondCells, smallModel, smallProject } from "../../../support/carbonCells.ts";
import {
  adding,
  analysed,
  backend,
  baseline,
  linear,
  loaded,
  sharedOptions,
  structures,
} from "../../../support/suggestions.ts";

const strained: CrystalDesign = {
  prototype: "lonsdaleite",
  species: ["C"],
  lattice: null,
  strain: [0.05, -0.02, 0.01, 0, 0.03, 0],
  internal: [],
};

function crystalOf(design: CrystalDesign): Structure {
  return designedCrystal(design).structure;
}

async function open(
  project: Partial<ProjectDocument> = {},
  request: Parameters<typeof prepareCrystals>[2] = {},
  options: Partial<Parameters<typeof prepareCrystals>[4]> = {},
  datasets: Record<string, LoadedDataset> = loaded(structures),
) {
  const document = { ...smallProject, ...project };
  const runner = inlineTaskRunner(backend);
  const all = { ...sharedOptions, ...options };
  const session = await prepareCrystals(document, datasets, request, runner, all);
  return {
    session,
    attempt: (structure: Structure, name = "crystal") =>
      tryCrystal(runner, session, structure, name),
  };
}

const network: NetworkModel = {
  type: "network",
  hidden: [3],
  regularizer: 1e-2,
  maxIterations: 40,
  structureRows: "mean",
};

/** A full analysis of the small project. */
async function analysis(project: Partial<ProjectDocument>, lists: Record<string, LoadedDataset>) {
  const document = { ...smallProject, ...project };
  const options = { ...sharedOptions, key: "k" };
  return runAnalysis(document, lists, inlineTaskRunner(backend), options);
}

describe("the lift of a crystal", () => {
  for (const model of [smallModel, { ...smallModel, structureRows: "sum" as const }, linear]) {
    it(`is that of a full analysis with it in the training set: ${model.type}, ${model.structureRows ?? ""} rows`, async () => {
      const crystal = crystalOf(strained);
      const { session, attempt } = await open({ model });
      const { lifts, liftErrors, lpr } = await attempt(crystal);
      // The crystal takes the place of an extra structure, which full analyses can add.
      const lists = loaded({ ...structures, extra: [crystal, ...structures.extra.slice(1)] });
      const document = { ...smallProject, model, variants: [baseline, adding("with", [0])] };
      const options = { ...sharedOptions, key: "k" };
      const runner = inlineTaskRunner(backend);
      const result = await runAnalysis(document, lists, runner, options);
      const values = result.targets[0]?.lpr ?? new Float64Array(0);
      const found = lifts.flatMap((one) => Array.from(one));
      expect(lifts.map(({ length }) => length)).toEqual([8, 8]);
      expect(session.targets.map(({ label }) => label)).toEqual(["low", "high"]);
      found.forEach((lift, k) => {
        const wanted = (values[16 + k] ?? NaN) / (values[k] ?? NaN) - 1;
        expect(Math.abs(lift - wanted)).toBeLessThan(1e-8 * Math.max(1, wanted));
      });
      expect(Math.max(...found)).toBeGreaterThan(1e-4);
      // The bound holds for every atom, and says more than "some digits".
      const bounds = liftErrors.flatMap((one) => Array.from(one));
      expect(bounds).toHaveLength(16);
      bounds.forEach((bound, k) => {
        const wanted = (values[16 + k] ?? NaN) / (values[k] ?? NaN) - 1;
        expect(Math.abs((found[k] ?? NaN) - wanted)).toBeLessThanOrEqual(bound);
        expect(bound).toBeGreaterThan(1e-15);
        expect(bound).toBeLessThan(1e-7 * (1 + wanted) ** 2);
      });
      // Its own environments as if it were a target.
      const asTarget = {
        ...document,
        variants: [baseline],
        targets: [{ dataset: "extra", structures: [0] }],
      };
      const own = await runAnalysis(asTarget, lists, runner, options);
      expect(lpr).toHaveLength(4);
      lpr.forEach((value, i) => {
        expect(value / (own.targets[0]?.lpr[i] ?? NaN)).toBeCloseTo(1, 9);
      });
    });
  }

  it("is relative to the variant asked for, and of the targets asked for", async () => {
    const { session, attempt } = await open({}, { variant: "more diamond", targets: [1] });
    const { lifts } = await attempt(crystalOf(strained));
    const other = await (await open({}, { variant: "baseline" })).attempt(crystalOf(strained));
    expect(session.variant).toBe("more diamond");
    expect(lifts).toHaveLength(1);
    expect(lifts[0]).toHaveLength(8);
    expect(lifts[0]).not.toEqual(other.lifts[1]);
  });
});

describe("the place of a crystal on the map", () => {
  const places = async (
    project: Partial<ProjectDocument>,
    lists: Record<string, LoadedDataset>,
    options: Partial<Parameters<typeof prepareCrystals>[4]> = {},
  ): Promise<number> => {
    const { session, attempt } = await open(project, {}, options, lists);
    const result = await analysis(project, lists);
    const own = result.targets[0]?.map ?? new Float64Array(0);
    const films = lists["films"]?.structures ?? [];
    let first = 0;
    let worst = 0;
    for (const film of films.slice(0, 2)) {
      const { places: found } = await attempt(film);
      expect(found).toMatchObject({ rows: film.nAtoms, cols: 2 });
      for (let k = 0; k < 2 * film.nAtoms; k++) {
        worst = Math.max(worst, Math.abs((found?.data[k] ?? NaN) - (own[2 * first + k] ?? NaN)));
      }
      first += film.nAtoms;
    }
    expect(session.task.placing?.map.method).toBe(result.map?.method);
    return worst;
  };

  it("is that of the map for the atoms that made it", async () => {
    expect(await places({}, loaded(structures))).toBeLessThan(1e-10);
    expect(await places({ model: linear }, loaded(structures))).toBeLessThan(1e-10);
    expect(await places({ model: network }, loaded(structures))).toBeLessThan(1e-10);
  });

  it("is so on a map that an analysis has left in the cache, too", async () => {
    const cache = createStageCache(2 ** 28);
    const runner = inlineTaskRunner(backend);
    const options = { ...sharedOptions, key: "k", cache };
    await runAnalysis(smallProject, loaded(structures), runner, options);
    expect(await places({}, loaded(structures), { cache })).toBeLessThan(1e-10);
    const kinds: string[] = [];
    const watching: TaskRunner = {
      ...runner,
      run: (task, onProgress) => {
        kinds.push(task.kind);
        return runner.run(task, onProgress);
      },
    };
    await prepareCrystals(smallProject, loaded(structures), {}, watching, options);
    expect(kinds).toContain("whiten");
    expect(kinds).not.toContain("map");
  });

  it("is so on a landmark map of many atoms", async () => {
    // 5 008 environments: beyond the exact map.
    const lists = loaded({ ...structures, films: diamondCells(626, 500) });
    const targets = [{ dataset: "films" }];
    expect(await places({ targets }, lists)).toBeLessThan(1e-9);
    expect(await places({ targets, model: linear }, lists)).toBeLessThan(1e-9);
  }, 60_000);

  it("moves with the strain, and is missing where the project has no map", async () => {
    const { attempt } = await open();
    const at = async (design: CrystalDesign) => (await attempt(crystalOf(design))).places?.data;
    const ideal = await at({ ...strained, strain: NO_STRAIN });
    const moved = await at(strained);
    expect(Math.abs((ideal?.[0] ?? NaN) - (moved?.[0] ?? NaN))).toBeGreaterThan(1e-3);
    // One environment: one place.
    for (let i = 1; i < 4; i++) expect(ideal?.[2 * i]).toBeCloseTo(ideal?.[0] ?? NaN, 9);
    const without = await open({ maps: [] });
    expect((await without.attempt(crystalOf(strained))).places).toBeNull();
  });

  it("is not given where the map is made of another variant's active points", async () => {
    const own = { method: "fps", size: 30, from: ["train"], seed: 1, perVariant: true } as const;
    const model = { ...smallModel, activeSet: own };
    const lists = loaded({ ...structures, films: diamondCells(626, 500) });
    const project = { model, targets: [{ dataset: "films" }] };
    const { session, attempt } = await open(
      project,
      { variant: "more diamond", targets: [0] },
      {},
      lists,
    );
    expect(session.diagnostics).toContainEqual(
      expect.objectContaining({ code: "MAP_OF_ANOTHER_VARIANT" }),
    );
    expect((await attempt(crystalOf(strained))).places).toBeNull();
  }, 60_000);
});

describe("a session", () => {
  it("refuses species that the model does not know", async () => {
    const { attempt } = await open();
    const silicon = crystalOf({ ...strained, species: ["Si"] });
    await expect(attempt(silicon)).rejects.toMatchObject({
      code: "INVALID_PARAMETER",
      message: expect.stringContaining("does not know Si") as string,
    });
  });

  it("refuses imported features, too little memory, and targets that do not exist", async () => {
    const features = denseMatrix(96, 2, new Float64Array(192).fill(1));
    const described = Object.fromEntries(
      Object.entries(loaded(structures)).map(([name, dataset]): [string, LoadedDataset] => {
        const rows = dataset.structures.reduce((sum, { nAtoms }) => sum + nAtoms, 0);
        return [name, { ...dataset, features: rowRange(features, 0, rows) }];
      }),
    );
    const imported = { descriptor: { type: "features" }, model: linear } as const;
    await expect(open(imported, {}, {}, described)).rejects.toMatchObject({
      code: "INVALID_PARAMETER",
      message: expect.stringContaining("imported") as string,
    });
    await expect(open({}, {}, { memoryLimitBytes: 2 ** 10 })).rejects.toMatchObject({
      code: "OUT_OF_MEMORY",
    });
    await expect(open({}, { targets: [7] })).rejects.toMatchObject({ code: "INVALID_PARAMETER" });
    await expect(open({}, { variant: "gone" })).rejects.toMatchObject({
      code: "INVALID_PARAMETER",
    });
  });

  it("agrees with what suggestions say of the same structure", async () => {
    const { attempt } = await open();
    const [extra] = structures.extra;
    if (extra === undefined) throw new Error("no structure");
    const { lifts } = await attempt(extra);
    const [before = [], after = []] = await analysed([baseline, adding("one", [0])], {});
    lifts
      .flatMap((one) => Array.from(one))
      .forEach((lift, k) => {
        const wanted = (after[k] ?? NaN) / (before[k] ?? NaN) - 1;
        expect(Math.abs(lift - wanted)).toBeLessThan(1e-8);
      });
  });
});
