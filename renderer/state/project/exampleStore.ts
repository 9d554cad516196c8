/** The examples that main found, for menu, palette and start screen. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { ExampleProject } from "../../../src/contract/api.ts";

export interface ExampleState {
  /** Empty until main has answered. */
  readonly examples: readonly ExampleProject[];
}

export type ExampleStore = StoreApi<ExampleState>;

export function createExampleStore(): ExampleStore {
  return createStore<ExampleState>(() => ({ examples: [] }));
}
