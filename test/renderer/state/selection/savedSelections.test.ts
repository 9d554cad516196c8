import { expect, test } from "vitest";
import type { ProjectDocument } from "../../../../src/project/document.ts";
import { parseProject, serializeProject } from "../../../../src/project/schema.ts";
import { removeDataset } from "../../../../renderer/state/project/documentEdits.ts";
import {
  countSaved,
  freeSelectionName,
  picksOfSaved,
  removeSelection,
  renameSelection,
  saveSelection,
  selectionToSave,
} from "../../../../renderer/state/selection/savedSelections.ts";
import {
  createSelectionStore,
  selectAcross,
} from "../../../../renderer/state/selection/selectionStore.ts";
import { summaryOf } from "../../../support/fakeStudioApi.ts";

const PROJECT: ProjectDocument = {
  version: 1,
  datasets: { "film#a": { path: "a.xyz" }, b: { path: "b.xyz" } },
};

function surface(expression: string | null = null) {
  const store = createSelectionStore();
  const picks = [
    { structure: "film#a#1", nAtoms: 9, atoms: [0, 1, 2, 5] },
    { structure: "b#0", nAtoms: 4, atoms: [3] },
  ];
  selectAcross(store, picks, "replace", "lasso");
  return selectionToSave("surface", store.getState().selections, expression);
}

test("a saved selection survives the project file and gives the same atoms back", () => {
  const saved = surface("lpr < p5");
  const document = saveSelection(PROJECT, saved);
  const read = parseProject(serializeProject(document), { fileName: "p" });
  expect(read).toEqual(document);
  const summaries = { "film#a": summaryOf("film#a", [3, 9]), b: summaryOf("b", [4]) };
  const { picks, missing } = picksOfSaved(read.selections?.[0] ?? saved, summaries);
  expect(
    picks.map(({ structure, nAtoms, atoms }) => [structure, nAtoms, [...Array.from(atoms)]]),
  ).toEqual([
    ["film#a#1", 9, [0, 1, 2, 5]],
    ["b#0", 4, [3]],
  ]);
  expect([missing, countSaved(saved)]).toEqual([0, 5]);
});

test("atoms that the files no longer have are counted, not selected", () => {
  const summaries = { "film#a": summaryOf("film#a", [3, 2]) };
  const { picks, missing } = picksOfSaved(surface(), summaries);
  expect(picks.map(({ atoms }) => [...Array.from(atoms)])).toEqual([[0, 1]]);
  expect(missing).toBe(3);
});

test("names are unique: saving again replaces, renaming to a taken name does nothing", () => {
  const one = saveSelection(PROJECT, surface());
  const other = { ...surface(), name: "other" };
  const two = saveSelection(one, other);
  expect(saveSelection(two, { ...other, atoms: other.atoms.slice(1) }).selections).toHaveLength(2);
  expect(renameSelection(two, "other", " surface ")).toBe(two);
  expect(renameSelection(two, "other", "edge").selections?.map(({ name }) => name)).toEqual([
    "surface",
    "edge",
  ]);
  expect(freeSelectionName(two)).toBe("Selection 3");
  expect("selections" in removeSelection(one, "surface")).toBe(false);
});

test("a dataset that leaves the project takes its atoms along", () => {
  const document = saveSelection(PROJECT, surface());
  const left = removeDataset(document, "film#a");
  expect(left.selections?.[0]?.atoms.map(({ dataset }) => dataset)).toEqual(["b"]);
  expect("selections" in removeDataset(left, "b")).toBe(false);
});

test.each([
  ["0:5,x", 'atoms such as "0:5,7"'],
  ["5:5", "which are none"],
])("a project file with the atoms %s is refused", (atoms, message) => {
  const text = JSON.stringify({
    ...PROJECT,
    selections: [{ name: "s", atoms: [{ dataset: "b", structure: 0, atoms }] }],
  });
  expect(() => parseProject(text, { fileName: "p" })).toThrow(message);
});

test("a selection of an unknown dataset and a name given twice are refused", () => {
  const entry = { dataset: "c", structure: 0, atoms: "0" };
  const read = (selections: unknown): unknown =>
    parseProject(JSON.stringify({ ...PROJECT, selections }), { fileName: "p" });
  expect(() => read([{ name: "s", atoms: [entry] }])).toThrow('found "c"');
  const known = { name: "s", atoms: [{ ...entry, dataset: "b" }] };
  expect(() => read([known, known])).toThrow('found "s" twice');
});
