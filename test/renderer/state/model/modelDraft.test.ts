import { describe, expect, test } from "vitest";
import {
  draftOf,
  parseLayers,
  settingsOf,
  withPreset,
  type ModelDraft,
} from "../../../../renderer/state/model/modelDraft.ts";
import { setModel } from "../../../../renderer/state/model/modelEdits.ts";
import { modelProblem } from "../../../../renderer/state/model/modelProblem.ts";
import type { Model, ProjectDocument } from "../../../../src/project/document.ts";
import { MODEL_PRESETS } from "../../../../src/project/modelPresets.ts";
import { validateProject } from "../../../../src/project/schema.ts";
import { FILM_PROJECT } from "../../../support/fakeStudioApi.ts";

const COMMON = { structureRows: "mean", energyKey: "free_energy" } as const;
const MODELS: readonly Model[] = [
  {
    type: "sparse-kernel",
    zeta: 3,
    activeSet: { method: "cur", size: 20, from: ["train"], seed: 4, perVariant: true },
    regularizer: { method: "cross-validation", folds: 7, range: [1e-6, 1], points: 11 },
    ...COMMON,
  },
  {
    type: "sparse-kernel",
    zeta: 1,
    activeSet: { method: "explicit", from: ["train"], indices: [0, 5] },
    regularizer: 0,
  },
  { type: "linear", regularizer: { method: "marginal-likelihood" }, perSpecies: false, ...COMMON },
  { type: "linear", regularizer: 2 },
  { type: "network", regularizer: 0.1 },
  {
    type: "network",
    hidden: [8],
    regularizer: 0.1,
    seed: 3,
    starts: 2,
    maxIterations: 9,
    gradientTolerance: 1e-3,
    ...COMMON,
  },
];

describe("settings survive the dialog unchanged, defaults stay left out", () => {
  test.each(MODELS.map((model, i) => [`${model.type} ${String(i)}`, model] as const))(
    "%s",
    (_, model) => {
      const settings = settingsOf(draftOf({ ...FILM_PROJECT, model }, [6]));
      expect(settings.model).toEqual(model);
      expect(Object.values(settings.model)).not.toContain(undefined);
      expect(modelProblem(settings)).toBeNull();
      expect(validateProject(setModel(FILM_PROJECT, settings)).model).toEqual(model);
    },
  );

  test("imported features and every uncertainty", () => {
    const descriptor = { type: "features", normalize: true } as const;
    const uncertainty = {
      committee: { members: 4 },
      projectedProcess: true,
      calibration: [{ dataset: "train" }],
    };
    const document: ProjectDocument = { ...FILM_PROJECT, descriptor, uncertainty };
    expect(settingsOf(draftOf(document, []))).toMatchObject({ descriptor, uncertainty });
  });
});

function draft(change: Partial<ModelDraft> = {}): ModelDraft {
  return { ...draftOf(FILM_PROJECT, [6]), ...change };
}

test("switching types and methods back and forth loses nothing", () => {
  const start = draftOf({ ...FILM_PROJECT, model: MODELS[0] }, [6]);
  const away: ModelDraft = {
    ...start,
    type: "network",
    kernel: { ...start.kernel, regularizer: { ...start.kernel.regularizer, method: "value" } },
  };
  expect(settingsOf(away).model).toMatchObject({ type: "network", energyKey: "free_energy" });
  const { regularizer } = away.kernel;
  const back: ModelDraft = {
    ...away,
    type: "sparse-kernel",
    kernel: { ...away.kernel, regularizer: { ...regularizer, method: "cross-validation" } },
  };
  expect(settingsOf(back).model).toEqual(MODELS[0]);
});

test("a preset changes descriptor and kernel, not the type or where the points come from", () => {
  const preset = MODEL_PRESETS[1];
  if (preset === undefined) throw new Error("There are presets.");
  const linear = withPreset(draft({ type: "linear" }), preset);
  expect(settingsOf(linear)).toMatchObject({
    descriptor: preset.descriptor,
    model: { type: "linear" },
  });
  expect(settingsOf({ ...linear, type: "sparse-kernel" }).model).toMatchObject({
    zeta: 2,
    activeSet: { size: 500, from: ["train"] },
  });
});

test("the projected process and components leave with the model that has them", () => {
  const uncertainty = { ...draft().uncertainty, projectedProcess: true };
  expect(settingsOf(draft({ uncertainty })).uncertainty).toEqual({ projectedProcess: true });
  expect(settingsOf(draft({ uncertainty, type: "linear" })).uncertainty).toBeUndefined();
  const components = [{ name: "pairs", columns: "0:3" }];
  const document = { ...FILM_PROJECT, components };
  expect(setModel(document, settingsOf(draft({ type: "linear" }))).components).toBe(components);
  const kernel = setModel(document, settingsOf(draft()));
  expect(validateProject(kernel).components).toBeUndefined();
});

test("hidden layers are read as people write them", () => {
  expect(parseLayers("16, 16")).toEqual([16, 16]);
  expect(parseLayers(" 32x8 ")).toEqual([32, 8]);
  expect(parseLayers("16, a")).toEqual([16, NaN]);
  expect(parseLayers("16, x")).toEqual([16, NaN, NaN]);
  expect(parseLayers("")).toEqual([NaN]);
});

describe("what cannot be used is explained", () => {
  const base = settingsOf(draft());
  const kernel = base.model;
  if (kernel.type !== "sparse-kernel") throw new Error("The project has a kernel model.");
  const network = { type: "network", regularizer: 1 } as const;
  const CASES: readonly (readonly [string, Model, RegExp])[] = [
    ["μ below zero", { ...kernel, regularizer: -1 }, /μ must not be negative/],
    ["ζ of 1.5", { ...kernel, zeta: 1.5 }, /ζ/],
    ["no source", { ...kernel, activeSet: { method: "cur", size: 9, from: [] } }, /come from/],
    ["M of 0", { ...kernel, activeSet: { method: "fps", size: 0, from: ["train"] } }, /M must/],
    [
      "one fold",
      { type: "linear", regularizer: { method: "cross-validation", folds: 1 } },
      /Folds/,
    ],
    [
      "a range upside down",
      { type: "linear", regularizer: { method: "marginal-likelihood", range: [1, 0.1] } },
      /range of μ/,
    ],
    [
      "two values of μ",
      { type: "linear", regularizer: { method: "marginal-likelihood", points: 2 } },
      /Values of μ/,
    ],
    ["a network without μ", { ...network, regularizer: 0 }, /greater than 0/],
    ["no layers", { ...network, hidden: [] }, /Hidden layers/],
    ["a layer that is no number", { ...network, hidden: [16, NaN] }, /Hidden layers/],
    ["half a start", { ...network, starts: 0.5 }, /Starts/],
    ["tolerance 0", { ...network, gradientTolerance: 0 }, /tolerance/],
    ["no energy key", { ...kernel, energyKey: " " }, /key of the total energy/],
  ];
  test.each(CASES)("%s", (_, model, words) => {
    expect(modelProblem({ ...base, model })).toMatch(words);
  });

  test.each([
    [{ members: 1 }, /2 to 1,000/],
    [{ fraction: 0 }, /share/],
    [{ seed: 0.5 }, /seed/],
  ])("committee %o", (committee, words) => {
    expect(modelProblem({ ...base, uncertainty: { committee } })).toMatch(words);
  });

  test("the schema refuses what is refused here, but for what is only unfinished", () => {
    // A project that has lost the source of its active set can be saved, though not computed.
    const unfinished = new Set(["no source", "no energy key"]);
    for (const [name, model] of CASES) {
      if (unfinished.has(name)) continue;
      expect(() => validateProject({ ...FILM_PROJECT, model }), name).toThrow();
    }
  });
});
