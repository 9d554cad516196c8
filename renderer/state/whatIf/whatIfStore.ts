/** The What if workspace: the open session, the training set being tried out, and undo of its own. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { WhatIfOpened } from "../../../src/contract/whatIf.ts";
import type { PlainError } from "../../../src/errors.ts";
import { emptyDraft, type WhatIfDraft } from "../../../src/project/whatIfDraft.ts";

/** A session of the engine. */
export interface LiveSession {
  /** Id of the job that opened it. */
  readonly id: string;
  readonly opened: WhatIfOpened;
  /** What it was opened for; another key, another session. */
  readonly key: string;
  /** Structure keys of its targets, in their order. */
  readonly targets: readonly string[];
}

/** LPR under a draft. */
export interface LiveValues {
  readonly draft: WhatIfDraft;
  /** One array a target of the session. */
  readonly lpr: readonly Float64Array[];
  readonly exact: boolean;
  readonly errorEstimate: number;
  readonly needsRefit: boolean;
  /** From the edit to the answer, in the window; 0 for the base, which is not asked for. */
  readonly milliseconds: number;
}

/** What a draft does to the targets; percent over the base. */
export interface DraftEffect {
  readonly means: readonly number[];
  /** Atoms of all targets whose LPR is lower than under the base. */
  readonly nLost: number;
}

/** A draft with what it is called and where it is saved: what undo goes back to. */
export interface DraftStep {
  readonly draft: WhatIfDraft;
  /** Variant of the document that the draft was taken from and is saved to; null: a new one. */
  readonly origin: string | null;
  readonly name: string;
  readonly description: string;
}

/** Where the session stands. */
export type SessionPhase = "closed" | "opening" | "open" | "failed" | "stopped";

/** Which rows the table lists. */
export type PoolSegment = "all" | "train" | "pool";

export type StructureSortKey =
  "number" | "name" | "formula" | "atoms" | "density" | "energy" | "source" | "gain";

export interface WhatIfState extends DraftStep {
  readonly phase: SessionPhase;
  readonly session: LiveSession | null;
  /** What the session that is opening, or that failed, was asked for. */
  readonly wantedKey: string | null;
  /** Structure keys of the targets it was asked for. */
  readonly wantedTargets: readonly string[];
  /** Sessions asked for so far: only the latest counts. */
  readonly attempts: number;
  readonly error: PlainError | null;
  readonly undoable: readonly DraftStep[];
  readonly redoable: readonly DraftStep[];
  /** Changes with the same name, one after the other, are undone together. */
  readonly gesture: string | null;
  readonly values: LiveValues | null;
  /** Why there are no values of the draft: it cannot be a training set. */
  readonly problem: string | null;
  readonly isHoldingBase: boolean;
  /** Gains alone by target of the session. */
  readonly gains: ReadonlyMap<number, Float64Array>;
  readonly filter: string;
  readonly segment: PoolSegment;
  readonly sort: { readonly key: StructureSortKey; readonly descending: boolean };
  /** Datasets that structures are offered from; null: all that are not targets. */
  readonly datasets: ReadonlySet<string> | null;
  /** Structures that Suggest adds. */
  readonly suggestCount: number;
  /** Whose LPR they are to lift: the worst atoms of the target that is looked at, those selected, all. */
  readonly suggestScope: "worst" | "selected" | "all";
}

/** What drafts have been found to do, for as long as the drafts are remembered. */
export interface WhatIfStore extends StoreApi<WhatIfState> {
  readonly effects: WeakMap<WhatIfDraft, DraftEffect>;
}

const MAX_UNDO = 200;

const START: WhatIfState = {
  phase: "closed",
  session: null,
  wantedKey: null,
  wantedTargets: [],
  attempts: 0,
  error: null,
  draft: emptyDraft(""),
  origin: null,
  name: "",
  description: "",
  undoable: [],
  redoable: [],
  gesture: null,
  values: null,
  problem: null,
  isHoldingBase: false,
  gains: new Map(),
  filter: "",
  segment: "all",
  sort: { key: "number", descending: false },
  datasets: null,
  suggestCount: 10,
  suggestScope: "worst",
};

export function createWhatIfStore(): WhatIfStore {
  return { ...createStore<WhatIfState>(() => START), effects: new WeakMap() };
}

/** For another project. */
export function resetWhatIf(store: WhatIfStore): void {
  store.setState(({ attempts }) => ({ ...START, attempts: attempts + 1 }));
}

/** The session is gone; the draft stays. */
export function dropSession(store: WhatIfStore, phase: "closed" | "failed" | "stopped"): void {
  store.setState({ phase, session: null, values: null, gains: new Map(), isHoldingBase: false });
}

function stepOf({ draft, origin, name, description }: WhatIfState): DraftStep {
  return { draft, origin, name, description };
}

/** Starts from another variant: a step that can be undone. */
export function startDraft(store: WhatIfStore, step: DraftStep): void {
  const state = store.getState();
  const isFirst = state.draft.base === "";
  store.setState({
    ...step,
    undoable: isFirst ? [] : [...state.undoable, stepOf(state)].slice(-MAX_UNDO),
    redoable: [],
    gesture: null,
    problem: null,
  });
}

/** The draft is a variant of the document now, whose own undo takes over. */
export function settleDraft(store: WhatIfStore, name: string): void {
  store.setState({ origin: name, name, undoable: [], redoable: [], gesture: null });
}

/**
 * Makes one change; the same draft is none.
 * @param gesture - changes with the same name, one after the other, are undone together
 */
export function changeDraftSet(
  store: WhatIfStore,
  change: (draft: WhatIfDraft) => WhatIfDraft,
  gesture: string | null = null,
): void {
  const state = store.getState();
  const { undoable, gesture: last } = state;
  const draft = change(state.draft);
  if (draft === state.draft) return;
  const continues = gesture !== null && gesture === last;
  store.setState({
    draft,
    gesture,
    undoable: continues ? undoable : [...undoable, stepOf(state)].slice(-MAX_UNDO),
    redoable: [],
  });
}

/** What follows is a step of its own. */
export function endDraftGesture(store: WhatIfStore): void {
  store.setState({ gesture: null });
}

export function undoDraft(store: WhatIfStore): boolean {
  const state = store.getState();
  const last = state.undoable.at(-1);
  if (last === undefined) return false;
  store.setState({
    ...last,
    gesture: null,
    undoable: state.undoable.slice(0, -1),
    redoable: [...state.redoable, stepOf(state)],
  });
  return true;
}

export function redoDraft(store: WhatIfStore): boolean {
  const state = store.getState();
  const next = state.redoable.at(-1);
  if (next === undefined) return false;
  store.setState({
    ...next,
    gesture: null,
    undoable: [...state.undoable, stepOf(state)],
    redoable: state.redoable.slice(0, -1),
  });
  return true;
}
