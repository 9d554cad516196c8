import { createStore } from "zustand/vanilla";
import type { HoverState, HoverStore } from "./panelSpec.ts";

/** One hover for the whole window: scenes and maps write it and draw rings from it. */
export function createHoverStore(): HoverStore {
  return createStore<HoverState>(() => ({ structureId: null, atomIndex: null, panelId: null }));
}
