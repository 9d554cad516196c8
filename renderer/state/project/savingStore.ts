/** What saving waits for. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { OverwriteAnswer } from "./saveActions.ts";

export interface SavingState {
  /** Another program changed the file: the question that is asked now, or null. */
  readonly conflict: {
    /** ISO 8601. */
    readonly changedAt: string;
    readonly answer: (chosen: OverwriteAnswer) => void;
  } | null;
}

export type SavingStore = StoreApi<SavingState>;

export function createSavingStore(): SavingStore {
  return createStore<SavingState>(() => ({ conflict: null }));
}
