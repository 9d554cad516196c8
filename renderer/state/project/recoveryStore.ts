/** Unsaved work of sessions that did not end by themselves. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Recovery } from "../../../src/contract/recovery.ts";

export interface RecoveryState {
  /** Newest first. */
  readonly recoveries: readonly Recovery[];
}

export type RecoveryStore = StoreApi<RecoveryState>;

export function createRecoveryStore(): RecoveryStore {
  return createStore<RecoveryState>(() => ({ recoveries: [] }));
}
