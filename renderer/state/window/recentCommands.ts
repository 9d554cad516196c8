/** Commands in the order of their last use, for the palette. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { CommandId } from "../../../src/contract/commands.ts";

const KEPT = 6;

/** Newest first. */
export type RecentCommands = StoreApi<readonly CommandId[]>;

export function createRecentCommands(): RecentCommands {
  return createStore<readonly CommandId[]>(() => []);
}

/** The palette itself is no command that one would look for in it. */
export function noteCommand(store: RecentCommands, id: CommandId): void {
  if (id === "help.palette") return;
  store.setState((recent) => [id, ...recent.filter((other) => other !== id)].slice(0, KEPT), true);
}
