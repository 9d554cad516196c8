/** The What if workspace: the open session, the training set being tried out, and undo of its own. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { WhatIfOpened } from "../../src/contract/whatIf.ts";
import type { PlainError } from "../../src/errors.ts";
import { emptyDraft, type WhatIfDraft } from "../../src/project/whatIfDraft.ts";

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
  /** From the edit to the answer, in the window. */
  readonly milliseconds: number;
}

/** What a draft does to the targets; percent over the base. */
export interface DraftEffect {
  readonly means: readonly number[];
  /** Atoms of all targets whose LPR is lower than under the base. */
  readonly nLost: number;
}

/** Where the session stands. */
export type SessionPhase = "closed" | "opening" | "open" | "failed" | "stopped";

/** Which rows the table lists. */
export type PoolSegment = "all" | "train" | "pool";

export type StructureSortKey =
  "number" | "name" | "formula" | "atoms" | "density" | "energy" | "source" | "gain";

export interface WhatIfState {
  readonly phase: SessionPhase;
  readonly session: LiveSession | null;
  /** What the session that is opening, or that failed, was asked for. */
  readonly wantedKey: string | null;
  readonly error: PlainError | null;
  readonly draft: WhatIfDraft;
  /** Variant of the document that the draft was taken from and is saved to; null: a new one. */
  readonly origin: string | null;
  readonly name: string;
  readonly description: string;
  readonly undoable: readonly WhatIfDraft[];
  readonly redoable: readonly WhatIfDraft[];
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
  store.setState(START);
}

/** The session is gone; the draft stays. */
export function dropSession(store: WhatIfStore, phase: "closed" | "failed" | "stopped"): void {
  store.setState({ phase, session: null, values: null, gains: new Map(), isHoldingBase: false });
}

/** Starts from another variant or saved set; what was undone before is forgotten. */
export function startDraft(
  store: WhatIfStore,
  draft: WhatIfDraft,
  about: Pick<WhatIfState, "origin" | "name" | "description">,
): void {
  store.setState({
    draft,
    ...about,
    undoable: [],
    redoable: [],
    gesture: null,
    problem: null,
  });
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
  const { draft: before, undoable, gesture: last } = store.getState();
  const draft = change(before);
  if (draft === before) return;
  const continues = gesture !== null && gesture === last;
  store.setState({
    draft,
    gesture,
    undoable: continues ? undoable : [...undoable, before].slice(-MAX_UNDO),
    redoable: [],
  });
}

/** What follows is a step of its own. */
export function endDraftGesture(store: WhatIfStore): void {
  store.setState({ gesture: null });
}

export function undoDraft(store: WhatIfStore): boolean {
  const { draft, undoable, redoable } = store.getState();
  const last = undoable.at(-1);
  if (last === undefined) return false;
  store.setState({
    draft: last,
    gesture: null,
    undoable: undoable.slice(0, -1),
    redoable: [...redoable, draft],
  });
  return true;
}

export function redoDraft(store: WhatIfStore): boolean {
  const { draft, undoable, redoable } = store.getState();
  const next = redoable.at(-1);
  if (next === undefined) return false;
  store.setState({
    draft: next,
    gesture: null,
    undoable: [...undoable, draft],
    redoable: redoable.slice(0, -1),
  });
  return true;
}
