import { describe, expect, test } from "vitest";
import {
  addDatasets,
  addToTargets,
  guessRole,
  isInUse,
  missingForCompute,
  removeDataset,
  removeVariant,
  renameVariant,
  rolesOf,
  trainOn,
} from "../../../../renderer/state/project/documentEdits.ts";
import { selectStructures } from "../../../../renderer/state/project/structureSelector.ts";
import { validateProject } from "../../../../src/project/schema.ts";
import { smallProject } from "../../../support/carbonCells.ts";
import { FILM_PROJECT, summaryOf } from "../../../support/fakeStudioApi.ts";

const EMPTY = { version: 1, datasets: {} } as const;

test("the same path is added once, the same name is numbered", () => {
  const files = [
    { path: "/a/film.xyz", name: "film.xyz" },
    { path: "/b/film.xyz.gz", name: "film.xyz.gz" },
    { path: "/a/film.xyz", name: "film.xyz" },
  ];
  expect(Object.keys(addDatasets(EMPTY, files).datasets)).toEqual(["film", "film-2"]);
});

test("files of any name the system allows can be added and saved", () => {
  const names = [
    "a:b*?.xyz",
    `${"x".repeat(200)}.xyz`,
    `${"x".repeat(201)}.xyz`,
    "constructor.xyz",
  ];
  const files = [...names, "..xyz", "line\nbreak.xyz"].map((name) => ({ path: `/${name}`, name }));
  const document = addDatasets(EMPTY, files);
  expect(Object.keys(document.datasets)).toHaveLength(files.length);
  expect(validateProject(document)).toEqual(document);
});

test("many small structures train, few large ones are looked at", () => {
  expect(
    guessRole(
      summaryOf(
        "a",
        Array.from({ length: 500 }, () => 64),
      ),
    ),
  ).toBe("training");
  expect(guessRole(summaryOf("b", [3500, 3500]))).toBe("target");
});

test("training on carbon makes a baseline and the carbon model", () => {
  const document = trainOn(EMPTY, "train", [6]);
  expect(document.variants).toEqual([{ name: "baseline", train: [{ dataset: "train" }] }]);
  expect(document.descriptor).toMatchObject({ type: "soap", cutoff: 3.7 });
  expect(document.model).toMatchObject({ activeSet: { from: ["train"] } });
  expect(rolesOf(document, "train")).toEqual(["training"]);
  expect(trainOn(document, "train", [6])).toBe(document);
});

test("compute says in order what is missing until nothing is", () => {
  expect(missingForCompute(EMPTY)).toMatch(/training set/);
  const opened = addDatasets(EMPTY, [{ path: "t", name: "t.xyz" }]);
  expect(missingForCompute(opened)).toMatch(/train on/);
  const trained = trainOn(opened, "t", [6]);
  expect(missingForCompute(trained)).toMatch(/look at/);
  expect(missingForCompute(addToTargets(trained, "t"))).toBeNull();
});

test("a project without any one of its files is one that can be opened again", () => {
  for (const project of [FILM_PROJECT, smallProject]) {
    for (const dataset of Object.keys(project.datasets)) {
      const left = removeDataset(project, dataset);
      expect(validateProject(left)).toBeDefined();
      // Nothing is derived from a training set that is gone.
      const names = (left.variants ?? []).map(({ name }) => name);
      for (const variant of left.variants ?? []) {
        if ("base" in variant) expect(names).toContain(variant.base);
      }
    }
  }
});

test("a removed dataset leaves no reference behind", () => {
  const document = removeDataset(FILM_PROJECT, "train");
  expect(JSON.stringify(document)).not.toContain('"train"');
});

test("a removed dataset leaves tests, references and calibration too", () => {
  const document = removeDataset(
    {
      ...FILM_PROJECT,
      test: [{ dataset: "film" }],
      similarity: [
        { name: "diamond", dataset: "train" },
        { name: "film", dataset: "film" },
      ],
      uncertainty: { projectedProcess: true, calibration: [{ dataset: "film" }] },
    },
    "film",
  );
  expect(document).not.toHaveProperty("test");
  expect(document.similarity).toEqual([{ name: "diamond", dataset: "train" }]);
  expect(document.uncertainty).toEqual({ projectedProcess: true });
});

test("a file that is only tested on or compared to is in use, another is not", () => {
  const datasets = { ...FILM_PROJECT.datasets, held: { path: "h" }, spare: { path: "s" } };
  const document = { ...FILM_PROJECT, datasets, test: [{ dataset: "held" }] };
  expect(isInUse(document, "held")).toBe(true);
  expect(isInUse(document, "spare")).toBe(false);
  expect(rolesOf(document, "held")).toEqual([]);
});

test("training a linear model or a network on more data leaves its settings alone", () => {
  for (const model of [
    { type: "linear", regularizer: 1 },
    { type: "network", regularizer: 1 },
  ] as const) {
    const document = trainOn({ ...FILM_PROJECT, model }, "film", [6]);
    expect(document.variants?.[0]).toMatchObject({ train: [{}, { dataset: "film" }] });
    expect(document.model).toEqual(model);
    expect(removeDataset(document, "film").model).toEqual(model);
    expect(missingForCompute(document)).toBeNull();
  }
});

test("imported features must be there for every file in use", () => {
  const document = { ...FILM_PROJECT, descriptor: { type: "features" } } as const;
  expect(missingForCompute(document)).toMatch(/train has no imported features/);
  const withFeatures = { path: "f.npz" };
  const datasets = {
    train: { path: "train.xyz", features: withFeatures },
    film: { path: "film.xyz", features: withFeatures },
    spare: { path: "spare.xyz" },
  };
  expect(missingForCompute({ ...document, datasets })).toBeNull();
});

test("renaming a variant renames what builds on it; taken names change nothing", () => {
  const renamed = renameVariant(FILM_PROJECT, "baseline", "start");
  expect(renamed.variants?.[1]).toMatchObject({ base: "start" });
  expect(renameVariant(FILM_PROJECT, "baseline", "+more")).toBe(FILM_PROJECT);
});

test("a variant that others build on stays", () => {
  expect(removeVariant(FILM_PROJECT, "baseline")).toBe(FILM_PROJECT);
  expect(removeVariant(FILM_PROJECT, "+more").variants).toHaveLength(1);
});

describe("selectors follow Python", () => {
  test.each([
    ["0:3", [0, 1, 2]],
    ["::2", [0, 2, 4]],
    ["-2:", [3, 4]],
    ["4::-2", [4, 2, 0]],
    ["-1", [4]],
    ["9", []],
    ["x", []],
    ["::0", []],
  ])("%s of five", (selector, expected) => {
    expect(selectStructures(selector, 5)).toEqual(expected);
  });
});
