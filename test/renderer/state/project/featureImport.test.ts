import { describe, expect, it } from "vitest";
import {
  canFollowAtoms,
  checkProblem,
  describeByFeatures,
  featureFileOf,
  guessMapping,
  mappingProblem,
  openFeatureImport,
  setFeatures,
  withoutFeatures,
} from "../../../../renderer/state/project/featureImport.ts";
import { missingForCompute } from "../../../../renderer/state/project/documentEdits.ts";
import { showProject } from "../../../../renderer/state/project/projectActions.ts";
import { createStudio } from "../../../../renderer/state/studio.ts";
import type { ArrayPreview, FeaturePreview } from "../../../../src/contract/features.ts";
import type { ProjectDocument } from "../../../../src/project/document.ts";
import { validateProject } from "../../../../src/project/schema.ts";
import { createFakeStudio, FILM_PROJECT, summaryOf } from "../../../support/fakeStudioApi.ts";

const HASH = `sha256:${"4".repeat(64)}`;
const FILM = summaryOf("film", [6, 4]);

function array(change: Partial<ArrayPreview>): ArrayPreview {
  return {
    name: "features",
    shape: [10, 3],
    descriptor: "<f8",
    head: [],
    fortranOrder: false,
    rowsOfStructures: null,
    ...change,
  };
}

function indices(name: string, rowsOfStructures: readonly number[]): ArrayPreview {
  const rows = rowsOfStructures.reduce((sum, n) => sum + n, 0);
  return array({ name, shape: [rows], rowsOfStructures });
}

function preview(...arrays: ArrayPreview[]): FeaturePreview {
  return { file: { path: "/f.npz", name: "f.npz", bytes: 1 }, arrays, refused: [] };
}

describe("which arrays are meant", () => {
  it("the one of that name, else the one with a row for each atom", () => {
    const other = array({ name: "weights", shape: [3, 3] });
    const rows = array({ name: "x" });
    expect(guessMapping(preview(other, rows, array({})), 10)?.features.name).toBe("features");
    expect(guessMapping(preview(other, rows), 10)?.features).toBe(rows);
    expect(guessMapping(preview(indices("i", [6, 4])), 10)).toBeNull();
  });

  it("an array “structures” is always used, another one only when it is chosen", () => {
    const named = preview(array({}), indices("structures", [6, 4]));
    expect(guessMapping(named, 10)?.structures?.name).toBe("structures");
    expect(canFollowAtoms(named)).toBe(false);
    const other = preview(array({}), indices("frame", [6, 4]));
    expect(guessMapping(other, 10)?.structures).toBeNull();
    expect(canFollowAtoms(other)).toBe(true);
  });

  it("is written down by name, and without one for a file of one array", () => {
    const mapping = { features: array({ name: "x" }), structures: indices("frame", [6, 4]) };
    expect(featureFileOf(preview(), mapping, HASH)).toEqual({
      path: "/f.npz",
      hash: HASH,
      array: "x",
      structures: "frame",
    });
    const only = { features: array({ name: null }), structures: null };
    expect(featureFileOf(preview(), only, HASH)).toEqual({ path: "/f.npz", hash: HASH });
  });
});

describe("rows and atoms", () => {
  const problem = (
    change: Partial<ArrayPreview>,
    structures: ArrayPreview | null = null,
  ): string | null => mappingProblem({ features: array(change), structures }, FILM);

  it("fit", () => {
    expect(problem({})).toBeNull();
    expect(problem({}, indices("i", [6, 4]))).toBeNull();
  });

  it.each([
    ["rows", problem({ shape: [9, 3] }), /Found 9 rows, expected 10: .* film.xyz/],
    ["no indices", problem({}, array({ name: "structures" })), /holds no structure indices/],
    ["length", problem({}, indices("i", [6, 3])), /has 9 indices, expected 10/],
    ["range", problem({}, indices("i", [6, 3, 1])), /goes to structure 2; film.xyz has 0 to 1/],
    ["count", problem({}, indices("i", [4, 6])), /gives structure 0 4 rows, expected 6/],
    ["count of the last", problem({}, indices("i", [10])), /gives structure 0 10 rows, expected 6/],
  ])("that do not fit are said with found and expected: %s", (_what, text, expected) => {
    expect(text).toMatch(expected);
  });
});

it("values that are not finite are counted, and the first one is named", () => {
  expect(checkProblem({ hash: HASH, notFinite: 0, firstNotFinite: null })).toBeNull();
  expect(
    checkProblem({ hash: HASH, notFinite: 1, firstNotFinite: { row: 1200, column: 3 } }),
  ).toMatch(/^1 value is NaN or infinite, the first one in row 1[,\u202f ]200, column 3/u);
});

describe("the project", () => {
  const features = { path: "/f.npz", hash: HASH };
  const both = setFeatures(setFeatures(FILM_PROJECT, "film", features), "train", features);

  it("asks for features of every file in use", () => {
    expect(withoutFeatures(FILM_PROJECT)).toEqual(["train", "film"]);
    expect(withoutFeatures(both)).toEqual([]);
    expect(setFeatures(FILM_PROJECT, "nothing", features)).toBe(FILM_PROJECT);
  });

  it("describes environments by them with a linear model that keeps what it can", () => {
    const before: ProjectDocument = {
      ...both,
      model: { ...both.model!, energyKey: "free_energy" },
      uncertainty: { projectedProcess: true, committee: { members: 4 } },
    };
    const after = describeByFeatures(before, true, [6]);
    validateProject(after);
    expect(after.descriptor).toEqual({ type: "features", normalize: true });
    expect(after.model).toMatchObject({ type: "linear", energyKey: "free_energy" });
    expect(after.uncertainty).toEqual({ committee: { members: 4 } });
    expect(missingForCompute(after)).toBeNull();
    expect(describeByFeatures(after, false, [6]).descriptor).toEqual({ type: "features" });
  });

  it("opens the dialog on the file that is asked for, else on the first without features", async () => {
    const fake = createFakeStudio();
    const studio = createStudio(fake.bridge, () => 0);
    studio.connection.attach(fake.port);
    const document = setFeatures(FILM_PROJECT, "train", features);
    await showProject(studio, { path: "/p.lpr.json", name: "p", document, remarks: [] });
    openFeatureImport(studio);
    expect(studio.view.getState()).toMatchObject({ dialog: "features", featuresOf: "film" });
    openFeatureImport(studio, "train");
    expect(studio.view.getState().featuresOf).toBe("train");
  });
});
