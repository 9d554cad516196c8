/** Selected atoms of every structure, shared by panels, map, table and inspector; with undo. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { nextStep } from "../stepClock.ts";

export type SelectMode = "replace" | "add" | "remove" | "toggle";

/** Selected atoms of one structure: 1 where selected. Never changed in place. */
export interface AtomSelection {
  readonly mask: Uint8Array;
  readonly count: number;
}

/** By `structureKey`; structures without selected atoms are absent. */
export type SelectionMap = ReadonlyMap<string, AtomSelection>;

/** What was selected at some time. */
export interface SelectionStep {
  readonly selections: SelectionMap;
  /** Where the selection was made, for the inspector: "lasso on map". */
  readonly origin: string;
  /** Its place among all steps of the window. */
  readonly step: number;
}

export interface SelectionState extends Omit<SelectionStep, "step"> {
  readonly undoable: readonly SelectionStep[];
  readonly redoable: readonly SelectionStep[];
}

export type SelectionStore = StoreApi<SelectionState>;

const MAX_UNDO = 50;
const NOTHING: SelectionMap = new Map();

export function createSelectionStore(): SelectionStore {
  return createStore<SelectionState>(() => ({
    selections: NOTHING,
    origin: "",
    undoable: [],
    redoable: [],
  }));
}

export function resetSelection(store: SelectionStore): void {
  store.setState({ selections: NOTHING, origin: "", undoable: [], redoable: [] });
}

export function selectedCount(state: SelectionState): number {
  let count = 0;
  for (const selection of state.selections.values()) count += selection.count;
  return count;
}

function stepOf({ selections, origin }: SelectionState): SelectionStep {
  return { selections, origin, step: nextStep() };
}

function commit(store: SelectionStore, selections: SelectionMap, origin: string): void {
  store.setState((state) => ({
    selections,
    origin: selections.size === 0 ? "" : origin,
    undoable: [...state.undoable, stepOf(state)].slice(-MAX_UNDO),
    redoable: [],
  }));
}

function fromMask(mask: Uint8Array): AtomSelection {
  let count = 0;
  for (const bit of mask) count += bit;
  return { mask, count };
}

function withSelection(
  selections: SelectionMap,
  structure: string,
  selection: AtomSelection,
): SelectionMap {
  const next = new Map(selections);
  if (selection.count === 0) next.delete(structure);
  else next.set(structure, selection);
  return next;
}

/**
 * Selects atoms of one structure. Replace also clears every other structure, as a click does on a
 * desktop; add, remove and toggle leave them alone.
 */
export function selectAtoms(
  store: SelectionStore,
  structure: string,
  nAtoms: number,
  atoms: ArrayLike<number>,
  mode: SelectMode,
  origin: string,
): void {
  selectAcross(store, [{ structure, nAtoms, atoms }], mode, origin);
}

function changedMask(
  before: AtomSelection | undefined,
  nAtoms: number,
  atoms: ArrayLike<number>,
  mode: SelectMode,
): Uint8Array {
  const mask = before === undefined ? new Uint8Array(nAtoms) : before.mask.slice();
  for (let i = 0; i < atoms.length; i++) {
    const atom = atoms[i] ?? -1;
    if (atom < 0 || atom >= nAtoms) continue;
    if (mode === "remove") mask[atom] = 0;
    else mask[atom] = mode === "toggle" ? 1 - (mask[atom] ?? 0) : 1;
  }
  return mask;
}

/** Atoms of one structure, for a selection that spans several. */
export interface AtomPick {
  readonly structure: string;
  readonly nAtoms: number;
  readonly atoms: ArrayLike<number>;
}

/** As {@link selectAtoms} for several structures at once: one step to undo. */
export function selectAcross(
  store: SelectionStore,
  picks: readonly AtomPick[],
  mode: SelectMode,
  origin: string,
): void {
  const { selections } = store.getState();
  let next = mode === "replace" ? NOTHING : selections;
  for (const { structure, nAtoms, atoms } of picks) {
    next = withSelection(
      next,
      structure,
      fromMask(changedMask(next.get(structure), nAtoms, atoms, mode)),
    );
  }
  commit(store, next, origin);
}

/** No change, and nothing to undo, when nothing was selected. */
export function clearSelection(store: SelectionStore): void {
  if (store.getState().selections.size > 0) commit(store, NOTHING, "");
}

/** Selected becomes unselected and the other way round, in the structures given. */
export function invertSelection(
  store: SelectionStore,
  structures: readonly { readonly key: string; readonly nAtoms: number }[],
): void {
  let next = store.getState().selections;
  for (const { key, nAtoms } of structures) {
    const before = next.get(key);
    const mask = new Uint8Array(nAtoms).fill(1);
    before?.mask.forEach((bit, atom) => (mask[atom] = 1 - bit));
    next = withSelection(next, key, fromMask(mask));
  }
  commit(store, next, "inverted");
}

export function undoSelection(store: SelectionStore): boolean {
  const state = store.getState();
  const before = state.undoable.at(-1);
  if (before === undefined) return false;
  store.setState({
    selections: before.selections,
    origin: before.origin,
    undoable: state.undoable.slice(0, -1),
    redoable: [...state.redoable, stepOf(state)],
  });
  return true;
}

export function redoSelection(store: SelectionStore): boolean {
  const state = store.getState();
  const after = state.redoable.at(-1);
  if (after === undefined) return false;
  store.setState({
    selections: after.selections,
    origin: after.origin,
    redoable: state.redoable.slice(0, -1),
    undoable: [...state.undoable, stepOf(state)],
  });
  return true;
}

/** Indices of the selected atoms, ascending. */
export function selectedAtoms(selection: AtomSelection | undefined): Uint32Array {
  if (selection === undefined) return new Uint32Array(0);
  const atoms = new Uint32Array(selection.count);
  let next = 0;
  selection.mask.forEach((bit, atom) => {
    if (bit === 1) atoms[next++] = atom;
  });
  return atoms;
}
