/** What suggestions are asked for in this window, and the last answer with what is ticked of it. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { SuggestAnswer } from "../../../src/contract/suggestions.ts";
import type { LiftPreview } from "./liftPreview.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";

/** The selected atoms, or this share of atoms of lowest LPR. */
export type AtomScope = "selection" | number;

/** The question as it is being put together. */
export interface SuggestDraft {
  /** null: the selection when there is one, else the worst 5 %. */
  readonly scope: AtomScope | null;
  /** Datasets offered; null: those that a variant has not got whole already. */
  readonly datasets: ReadonlySet<string> | null;
  readonly withCrystals: boolean;
  /** Names of prototypes. */
  readonly prototypes: ReadonlySet<string>;
  readonly crystalCount: number;
  /** Percent. */
  readonly strain: number;
  readonly count: number;
  readonly by: "gain" | "gainPerCost";
}

/** An answer with what it was asked about. */
export interface Answered extends SuggestAnswer {
  readonly jobId: string;
  readonly document: ProjectDocument;
  /** The atoms in words, such as "380 selected atoms". */
  readonly about: string;
}

/** Structures chosen together, or all candidates ranked one by one. */
export type SuggestView = "together" | "alone";

export interface SuggestState {
  readonly draft: SuggestDraft;
  readonly answer: Answered | null;
  /** Positions in the ranking. */
  readonly ticked: ReadonlySet<number>;
  readonly view: SuggestView;
  /** Rows of the ranking that are listed. */
  readonly nShown: number;
  /** The question is open for changes although there is an answer. */
  readonly isEditing: boolean;
  /** Of the suggestion that is looked at; null: the panels show what they are coloured by. */
  readonly preview: LiftPreview | null;
  /** Ranks whose near duplicates are listed too. */
  readonly unfolded: ReadonlySet<number>;
  /** Grows whenever somebody wants to see the section. */
  readonly calls: number;
}

export type SuggestStore = StoreApi<SuggestState>;

/** Rows of the ranking at first and added by "Show more". */
export const ROWS_AT_ONCE = 20;

const DRAFT: SuggestDraft = {
  scope: null,
  datasets: null,
  withCrystals: false,
  prototypes: new Set(["diamond", "graphite-aa", "graphite-abc", "graphene"]),
  crystalCount: 40,
  strain: 10,
  count: 10,
  by: "gain",
};

const START: Omit<SuggestState, "calls"> = {
  draft: DRAFT,
  answer: null,
  ticked: new Set(),
  view: "together",
  nShown: ROWS_AT_ONCE,
  isEditing: false,
  preview: null,
  unfolded: new Set(),
};

export function createSuggestStore(): SuggestStore {
  return createStore<SuggestState>(() => ({ ...START, calls: 0 }));
}

/** For another project. */
export function resetSuggestions(store: SuggestStore): void {
  store.setState(START);
}

export function changeDraft(store: SuggestStore, change: Partial<SuggestDraft>): void {
  store.setState(({ draft }) => ({ draft: { ...draft, ...change } }));
}

/** Takes an answer; what was chosen together is ticked. */
export function takeAnswer(store: SuggestStore, answer: Answered): void {
  const ticked = new Set(answer.result.steps.map(({ rank }) => rank));
  store.setState({ ...START, draft: store.getState().draft, answer, ticked });
}

export function tick(store: SuggestStore, rank: number, isTicked: boolean): void {
  store.setState((state) => {
    const ticked = new Set(state.ticked);
    if (isTicked) ticked.add(rank);
    else ticked.delete(rank);
    return { ticked };
  });
}

/** Lists the near duplicates of a suggestion, or folds them again. */
export function toggleAlike(store: SuggestStore, rank: number): void {
  store.setState((state) => {
    const unfolded = new Set(state.unfolded);
    if (!unfolded.delete(rank)) unfolded.add(rank);
    return { unfolded };
  });
}
