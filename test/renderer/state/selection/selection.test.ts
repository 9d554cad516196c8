import { expect, test } from "vitest";
import { ATOM_FLAGS } from "../../../../renderer/scene/panelSpec.ts";
import { atomFlags } from "../../../../renderer/state/display/atomFlags.ts";
import { growMask } from "../../../../renderer/state/selection/growSelection.ts";
import {
  selectionCsv,
  selectionIndices,
} from "../../../../renderer/state/selection/selectionExport.ts";
import {
  clearSelection,
  createSelectionStore,
  invertSelection,
  redoSelection,
  selectAtoms,
  selectedAtoms,
  selectedCount,
  undoSelection,
  type SelectionStore,
} from "../../../../renderer/state/selection/selectionStore.ts";
import { summarizeSelection } from "../../../../renderer/state/selection/selectionSummary.ts";
import { chainStructure } from "../../../support/fakeStudioApi.ts";

function atomsOf(store: SelectionStore, key: string): readonly number[] {
  return [...selectedAtoms(store.getState().selections.get(key))];
}

test("replace, add, remove and toggle are set algebra", () => {
  const store = createSelectionStore();
  selectAtoms(store, "a", 6, [1, 2], "replace", "");
  selectAtoms(store, "a", 6, [2, 4], "add", "");
  expect(atomsOf(store, "a")).toEqual([1, 2, 4]);
  selectAtoms(store, "a", 6, [1, 5], "remove", "");
  expect(atomsOf(store, "a")).toEqual([2, 4]);
  selectAtoms(store, "a", 6, [4, 0], "toggle", "");
  expect(atomsOf(store, "a")).toEqual([0, 2]);
});

test("replace clears other structures, add keeps them; atoms out of range are nobody", () => {
  const store = createSelectionStore();
  selectAtoms(store, "a", 3, [0], "replace", "");
  selectAtoms(store, "b", 3, [1, 99], "add", "");
  expect(selectedCount(store.getState())).toBe(2);
  selectAtoms(store, "b", 3, [2], "replace", "");
  expect(atomsOf(store, "a")).toEqual([]);
});

test("invert twice is the same, and each step can be undone and redone", () => {
  const store = createSelectionStore();
  selectAtoms(store, "a", 4, [1], "replace", "");
  invertSelection(store, [{ key: "a", nAtoms: 4 }]);
  expect(atomsOf(store, "a")).toEqual([0, 2, 3]);
  invertSelection(store, [{ key: "a", nAtoms: 4 }]);
  expect(atomsOf(store, "a")).toEqual([1]);
  undoSelection(store);
  expect(atomsOf(store, "a")).toEqual([0, 2, 3]);
  redoSelection(store);
  expect(atomsOf(store, "a")).toEqual([1]);
});

test("clearing nothing leaves nothing to undo", () => {
  const store = createSelectionStore();
  clearSelection(store);
  expect(undoSelection(store)).toBe(false);
});

test("growing adds bonded neighbours only, one shell at a time", () => {
  const chain = chainStructure(6);
  const grown = growMask(chain, Uint8Array.from([0, 0, 1, 0, 0, 0]));
  expect([...grown]).toEqual([0, 1, 1, 1, 0, 0]);
  expect([...growMask(chain, grown)]).toEqual([1, 1, 1, 1, 1, 0]);
});

test("growing crosses a periodic boundary", () => {
  const chain = chainStructure(6);
  const ring = {
    ...chain,
    cell: Float64Array.from([8.4, 0, 0, 0, 20, 0, 0, 0, 20]),
    pbc: [true, false, false] as const,
  };
  expect([...growMask(ring, Uint8Array.from([1, 0, 0, 0, 0, 0]))]).toEqual([1, 1, 0, 0, 0, 1]);
});

test("unselected atoms are dimmed, hidden, or the selected ones are marked", () => {
  const selection = { mask: Uint8Array.from([1, 0]), count: 1 };
  expect(atomFlags(2, undefined, false, "grey")).toBeNull();
  expect([...(atomFlags(2, selection, true, "grey") ?? [])]).toEqual([0, ATOM_FLAGS.dimmed]);
  expect([...(atomFlags(2, selection, true, "hidden") ?? [])]).toEqual([0, ATOM_FLAGS.hidden]);
  expect([...(atomFlags(2, selection, true, "normal") ?? [])]).toEqual([ATOM_FLAGS.marked, 0]);
});

test("the summary compares selected atoms with all, leaving out what has no value", () => {
  const rows = summarizeSelection({
    selection: { mask: Uint8Array.from([1, 1, 1, 0]), count: 3 },
    lpr: Float64Array.from([1, 3, NaN, 100]),
    gain: null,
    coordination: Uint8Array.from([2, 3, 3, 3]),
    colored: { label: "Committee, eV", values: Float64Array.from([5, 7, NaN, 9]) },
  });
  expect(rows[0]).toEqual({ label: "Median LPR", kind: "value", selected: 2, whole: 3 });
  expect(rows).toContainEqual({
    label: "Median Committee, eV",
    kind: "value",
    selected: 6,
    whole: 7,
  });
  expect(rows.find(({ label }) => label === "3-coordinated")).toMatchObject({ whole: 75 });
});

test("indices and tables for other programs count from zero", () => {
  const row = {
    key: "film#0",
    row: "film#0",
    dataset: "film",
    structureIndex: 0,
    entryIndex: 0,
    position: 0,
    label: "film",
    nAtoms: 3,
    density: null,
  };
  const selections = new Map([["film#0", { mask: Uint8Array.from([1, 0, 1]), count: 2 }]]);
  expect(selectionIndices([row], selections)).toBe("0,2");
  const csv = selectionCsv([row], selections, new Map([["film#0", chainStructure(3)]]), null, "v");
  const [head, first] = csv.split("\n");
  expect(head).toBe("dataset,structure_from_0,atom_from_0,species,x,y,z,coordination,variant,lpr");
  expect(first).toBe("film,0,0,C,0,0,0,1,v,");
});
